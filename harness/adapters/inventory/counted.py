"""A phone whose adb calls and bytes are counted."""

from __future__ import annotations

from collections.abc import Callable

from harness.adapters.adb.device import AdbDevice
from harness.ports import ShellResult


class CountedDevice(AdbDevice):
    """As AdbDevice. `round_trips` and `received` count what shell calls took."""

    def __init__(self, phone: AdbDevice) -> None:
        super().__init__(phone.name, phone.serial, phone.link)
        self.round_trips = 0
        self.received = 0

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        """Runs `command` by the phone's shell; a non-zero exit code is a result, no error."""
        parts: list[bytes] = []
        done = self.stream(command, parts.append, timeout=timeout, stdin=stdin)
        text = b"".join(parts).decode("utf-8", "replace")
        return ShellResult(command, text, done.stderr, done.exit_code)

    def stream(
        self,
        command: str,
        write: Callable[[bytes], object],
        *,
        timeout: float,
        stdin: bytes | None = None,
    ) -> ShellResult:
        """As `shell`, but hands the bytes of stdout on as they come."""

        def count(data: bytes) -> None:
            self.received += len(data)
            write(data)

        self.round_trips += 1
        done = self.link.shell_into(self.serial, command, count, timeout=timeout, stdin=stdin)
        self.received += len(done.stderr)
        return done
