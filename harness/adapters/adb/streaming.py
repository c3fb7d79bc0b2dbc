"""A phone whose shell takes and gives files: archives, APKs, anything that is not text."""

from __future__ import annotations

from typing import BinaryIO

from harness.adapters.adb.device import AdbDevice
from harness.ports import ShellResult


class StreamingDevice(AdbDevice):
    """Implements ports.StreamingControl."""

    @classmethod
    def of(cls, device: AdbDevice) -> StreamingDevice:
        """The same phone over the same server."""
        return cls(device.name, device.serial, device.link)

    def shell_to_file(self, command: str, target: BinaryIO, *, timeout: float) -> ShellResult:
        """Stdout goes to `target`, byte by byte; the result's own stdout stays empty."""
        return self.link.shell_into(self.serial, command, target.write, timeout=timeout)

    def shell_from_file(self, command: str, source: BinaryIO, *, timeout: float) -> ShellResult:
        """Stdin comes from `source`, piece by piece."""
        return self.link.shell_from_file(self.serial, command, source, timeout=timeout)
