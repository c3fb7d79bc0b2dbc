"""Stands in for the person of a reinstall by hand: deletes and installs where one would."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from harness.adapters.adb.device import AdbDevice, quote
from harness.ports import InstrumentError

STORE = "com.android.vending"
COPY = "/data/local/tmp/from-the-store.apk"
SECONDS = 60.0


@dataclass(slots=True)
class Person:
    """`hear` is told what we ask of a person, and does it, at another adb connection."""

    device: AdbDevice
    package: str
    problem: str | None = None
    _asked: int = 0
    _hands: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def hear(self, _text: str) -> None:
        """The first sentence asks for deletion, the second for installation."""
        work = {0: self._delete, 1: self._install}.get(self._asked)
        self._asked += 1
        if work is not None:
            hand = threading.Thread(target=work, daemon=True)
            self._hands.append(hand)
            hand.start()

    def done(self) -> None:
        """Waits for what was begun. Raises InstrumentError when it could not be done."""
        for hand in self._hands:
            hand.join(SECONDS)
        if self.problem is not None:
            raise InstrumentError("adb", f"reinstall {self.package} by hand", self.problem)

    def _delete(self) -> None:
        name = quote(self.package)
        self._run(
            f"cp $(pm path {name} | head -n 1 | sed s/^package://) {COPY}"
            f" && pm uninstall --user 0 {name}"
        )

    def _install(self) -> None:
        self._run(f"pm install -i {STORE} {COPY}")
        self._run(f"rm -f {COPY}")

    def _run(self, command: str) -> None:
        try:
            done = self.device.shell(command, timeout=SECONDS)
        except InstrumentError as error:
            self.problem = str(error)
            return
        if not done.ok:
            self.problem = f"{command}: exit {done.exit_code}: {(done.stdout + done.stderr)[:200]}"
