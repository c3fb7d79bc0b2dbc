"""The phone's pseudo terminal: echo, line editing, CR LF, Ctrl-C and Ctrl-D."""

from __future__ import annotations

import asyncio

from harness.simphone.contracts import Sink, Source

_INTERRUPT, _END, _ERASE = b"\x03", b"\x04", (b"\x08", b"\x7f")
_ENTER = (b"\r", b"\n")
_PIECE = 4096  # bytes


class TerminalSink:
    """A terminal's output side: each LF becomes CR LF, for the host's raw terminal."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def write(self, data: bytes) -> None:
        """Raises BrokenPipeError when the host has closed the stream."""
        await self._sink.write(data.replace(b"\n", b"\r\n"))


class TerminalInput:
    """A terminal's input side: whole lines for the program, echo for the person.

    `type_on` must run beside the program. Ctrl-C sets `interrupted`. `echo` is a
    terminal's output (`TerminalSink`).
    """

    def __init__(self, keys: Source, echo: Sink) -> None:
        self.interrupted = asyncio.Event()
        self._keys = keys
        self._echo = echo
        self._line = bytearray()
        self._lines: asyncio.Queue[bytes] = asyncio.Queue()
        self._rest = b""
        self._ended = False

    async def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes of one line, Enter included; b"" after Ctrl-D or hang-up."""
        if size < 0:
            lines: list[bytes] = []
            while line := await self.read(_PIECE):
                lines.append(line)
            return b"".join(lines)
        if not self._rest and not (self._ended and self._lines.empty()):
            self._rest = await self._lines.get()
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    async def type_on(self) -> None:
        """Takes keys until the host closes its side."""
        while keys := await self._keys.read(_PIECE):
            for code in keys:
                await self._press(bytes([code]))
        self._ended = True
        self._lines.put_nowait(bytes(self._line))
        self._lines.put_nowait(b"")

    async def _press(self, key: bytes) -> None:
        if key in _ENTER:
            await self._echo.write(b"\n")
            self._lines.put_nowait(bytes(self._line) + b"\n")
            self._line.clear()
        elif key in _ERASE:
            if self._line:
                del self._line[-1]
                await self._echo.write(b"\b \b")
        elif key == _INTERRUPT:
            self._forget_typed()
            await self._echo.write(b"^C\n")
            self.interrupted.set()
        elif key == _END:
            self._lines.put_nowait(bytes(self._line))
            self._line.clear()
        else:
            self._line += key
            await self._echo.write(key)

    def _forget_typed(self) -> None:
        self._line.clear()
        self._rest = b""
        while not self._lines.empty():
            self._lines.get_nowait()
