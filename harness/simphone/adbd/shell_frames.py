"""shell_v2's frames: several streams of a command in one adb stream.

A frame is an id (1 byte), a length (4 bytes, little endian) and the bytes.
Source: AOSP `adb/shell_protocol.h`.
"""

from __future__ import annotations

import asyncio
import struct
from enum import IntEnum

from harness.simphone.contracts import Sink, Source

_HEADER = struct.Struct("<BI")
_PIECE = 64 * 1024  # bytes per frame at most, as the host's buffer


class FrameId(IntEnum):
    STDIN = 0
    STDOUT = 1
    STDERR = 2
    EXIT = 3
    CLOSE_STDIN = 4
    WINDOW_SIZE = 5


def frame(kind: FrameId, data: bytes) -> bytes:
    """One frame's bytes."""
    return _HEADER.pack(kind, len(data)) + data


class FrameParser:
    """Takes bytes as they come and gives whole frames as (id, bytes)."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        self._buffer += data
        frames: list[tuple[int, bytes]] = []
        while len(self._buffer) >= _HEADER.size:
            kind, length = _HEADER.unpack_from(self._buffer)
            end = _HEADER.size + length
            if len(self._buffer) < end:
                break
            frames.append((kind, bytes(memoryview(self._buffer)[_HEADER.size : end])))
            del self._buffer[:end]
        return frames


class FramedSink:
    """Writes each piece as frames of one kind."""

    def __init__(self, sink: Sink, kind: FrameId) -> None:
        self._sink = sink
        self._kind = kind

    async def write(self, data: bytes) -> None:
        """Raises BrokenPipeError when the host has closed the stream."""
        pieces = [data[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
        if pieces:
            await self._sink.write(b"".join(frame(self._kind, piece) for piece in pieces))


class FramedStdin:
    """Reads a command's stdin out of the frames; ends at close-stdin or end of stream.

    Frames are taken only when the command reads, which holds the host back.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._parser = FrameParser()
        self._ready = bytearray()
        self._ended = False
        self._lock = asyncio.Lock()

    async def read(self, size: int = -1) -> bytes:
        async with self._lock:
            while not self._ended and (size < 0 or not self._ready):
                await self._fill()
            end = len(self._ready) if size < 0 else size
            data = bytes(memoryview(self._ready)[:end])
            del self._ready[:end]
            return data

    async def _fill(self) -> None:
        data = await self._source.read(_PIECE)
        if not data:
            self._ended = True
        for kind, payload in self._parser.feed(data):
            if kind == FrameId.STDIN and not self._ended:
                self._ready += payload
            elif kind == FrameId.CLOSE_STDIN:
                self._ended = True
