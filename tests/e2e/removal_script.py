"""One reinstall experiment without screens, in a process that kills itself at a command.

    python -m tests.e2e.removal_script ADB_PORT SERIAL PACKAGE ARM POINT [copies]

POINT 0 goes to the end and prints one JSON line: commands, result, answer. An even POINT
dies before its command, an odd one right after it: the phone has done it and nobody knows.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any, BinaryIO

from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.streaming import StreamingDevice
from harness.adapters.inventory.take import take_inventory
from harness.adapters.profile_file import load_profile
from harness.domain.inventory import Inventory
from harness.domain.removal import Arm
from harness.ports import ShellResult
from harness.session.reinstall import Consent, Reinstall, Setting


class DoomedDevice(StreamingDevice):
    """Counts the commands of the experiment and kills its own process at one of them."""

    point = 0
    count = 0

    def _at(self, when: int) -> None:
        if self.count == self.point and self.point % 2 == when:
            os.kill(os.getpid(), signal.SIGKILL)

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        self.count += 1
        self._at(0)
        result = super().shell(command, timeout=timeout, stdin=stdin)
        self._at(1)
        return result

    def shell_to_file(self, command: str, target: BinaryIO, *, timeout: float) -> ShellResult:
        self.count += 1
        self._at(0)
        result = super().shell_to_file(command, target, timeout=timeout)
        self._at(1)
        return result

    def shell_from_file(self, command: str, source: BinaryIO, *, timeout: float) -> ShellResult:
        self.count += 1
        self._at(0)
        result = super().shell_from_file(command, source, timeout=timeout)
        self._at(1)
        return result


class Silent:
    """Takes facts and forgets them."""

    def write(self, kind: str, facts: Any, **_: object) -> Any:
        return None


def main(port: int, serial: str, package: str, arm: Arm, point: int, *, copies: bool) -> None:
    device = DoomedDevice("desk", serial, AdbLink("127.0.0.1", port))
    profile = load_profile("tiktok")

    def take(earlier: Inventory | None) -> Inventory:
        plain = StreamingDevice.of(device)
        return take_inventory(plain, profile, package=package, earlier=earlier)

    setting = Setting(device, package, run="r", launched=False, log=Silent())
    consent = Consent(
        entry_allows=True, run_allows=True, test_account=True, named=True, may_remove_copies=copies
    )
    made = Reinstall(setting, arm, consent, take)
    device.root()
    device.count, device.point = 0, point
    made.require_consent()
    made.take_before()
    made.save()
    made.remove()
    made.install()
    made.take_after()
    made.put_back()
    outcome = made.outcome
    assert outcome is not None
    told = {"commands": device.count, "result": outcome.result, "answer": outcome.answer}
    print(json.dumps(told))  # noqa: T201 - what the test reads


if __name__ == "__main__":
    _, port, serial, package, arm, point, *more = sys.argv
    main(int(port), serial, package, Arm(arm), int(point), copies="copies" in more)
