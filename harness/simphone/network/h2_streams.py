"""Which HTTP/2 streams of a connection are open, read off its frames as they pass.

httpcore closes the whole connection when an answer does not come in time;
OkHttp and Cronet first reset the stream with CANCEL. With the open streams
known, the phone's connections can do the same.
"""

from __future__ import annotations

import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEAD = 9  # bytes of a frame's head (RFC 9113, 4.1)
DATA, HEADERS, RST_STREAM = 0, 1, 3
END_STREAM = 0x1
CANCEL = 8


class OpenStreams:
    """Feed it both directions of one connection."""

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._sent = bytearray()
        self._received = bytearray()
        self._prefaced = False

    def sent(self, data: bytes) -> None:
        """Bytes that the client sent: opens streams."""
        self._sent += data
        if not self._prefaced and self._sent.startswith(PREFACE):
            del self._sent[: len(PREFACE)]
            self._prefaced = True
        for kind, _, stream in _frames(self._sent):
            if kind == HEADERS:
                self._open.add(stream)
            elif kind == RST_STREAM:
                self._open.discard(stream)

    def received(self, data: bytes) -> None:
        """Bytes that the server sent: ends streams."""
        self._received += data
        for kind, flags, stream in _frames(self._received):
            if kind == RST_STREAM or (kind in (DATA, HEADERS) and flags & END_STREAM):
                self._open.discard(stream)

    def cancellation(self) -> bytes:
        """RST_STREAM CANCEL for each open stream."""
        return b"".join(
            struct.pack(">I", 4)[1:] + struct.pack(">BBII", RST_STREAM, 0, stream, CANCEL)
            for stream in sorted(self._open)
        )


def _frames(buffer: bytearray) -> list[tuple[int, int, int]]:
    """Takes whole frames off `buffer`: (type, flags, stream)."""
    found: list[tuple[int, int, int]] = []
    while len(buffer) >= HEAD:
        length = int.from_bytes(buffer[:3], "big")
        if len(buffer) < HEAD + length:
            break
        kind, flags, stream = struct.unpack(">BBI", buffer[3:HEAD])
        found.append((kind, flags, stream & 0x7FFFFFFF))
        del buffer[: HEAD + length]
    return found
