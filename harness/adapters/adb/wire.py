"""The smart-socket protocol between an adb client and the adb server, as bytes.

Pure. Requests are 4 hex digits of length and text; answers begin with OKAY or FAIL.
Shell v2 frames are a byte of id, 32 bits of length and the data
(AOSP adb SERVICES.TXT, shell_protocol.h).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN = range(5)

_HEADER = struct.Struct("<BI")


def request(text: str) -> bytes:
    """One request to the server."""
    data = text.encode()
    return f"{len(data):04x}".encode() + data


def shell_service(command: str, *, v2: bool = True) -> str:
    """The service that runs `command` by the phone's shell, without a terminal."""
    return f"shell,v2,TERM=dumb,raw:{command}" if v2 else f"shell:{command}"


def frame(kind: int, data: bytes = b"") -> bytes:
    """One shell v2 frame."""
    return _HEADER.pack(kind, len(data)) + data


@dataclass(slots=True)
class ShellFrames:
    """Takes shell v2 bytes apart as they arrive. `exit_code` None = not ended yet."""

    exit_code: int | None = None
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    _rest: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> None:
        """Adds what was received."""
        self._rest += data
        while len(self._rest) >= _HEADER.size:
            kind, length = _HEADER.unpack_from(self._rest)
            end = _HEADER.size + length
            if len(self._rest) < end:
                return
            self._take(kind, bytes(self._rest[_HEADER.size : end]))
            del self._rest[:end]

    def take_stdout(self) -> bytes:
        """What arrived on stdout since the last call."""
        data = bytes(self.stdout)
        self.stdout.clear()
        return data

    def _take(self, kind: int, data: bytes) -> None:
        if kind == STDOUT:
            self.stdout += data
        elif kind == STDERR:
            self.stderr += data
        elif kind == EXIT:
            self.exit_code = data[0] if data else 0
