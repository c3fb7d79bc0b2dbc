"""Boxes of an MP4 file (ISO/IEC 14496-12): size, four letters, payload."""

from __future__ import annotations

import struct
from collections.abc import Iterator

HEADER = 8


def box(kind: str, *parts: bytes) -> bytes:
    """One box around `parts`."""
    payload = b"".join(parts)
    return struct.pack(">I", HEADER + len(payload)) + kind.encode("ascii") + payload


def full_box(kind: str, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box whose payload begins with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def boxes(data: bytes, begin: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
    """(kind, first byte of the payload, first byte behind it) of the boxes in a range.

    Raises ValueError where a box says a size that the data do not have.
    """
    end = len(data) if end is None else end
    while begin < end:
        if end - begin < HEADER:
            raise ValueError(f"{end - begin} stray bytes at {begin}")
        (size,) = struct.unpack_from(">I", data, begin)
        kind = data[begin + 4 : begin + HEADER].decode("latin-1")
        if size < HEADER or begin + size > end:
            raise ValueError(f"box {kind!r} at {begin} says {size} bytes, {end - begin} are there")
        yield kind, begin + HEADER, begin + size
        begin += size


def find(data: bytes, path: str) -> tuple[int, int]:
    """Payload range of the first box at `path` ("moov/mvhd"); raises ValueError."""
    begin, end = 0, len(data)
    for name in path.split("/"):
        for kind, inner, behind in boxes(data, begin, end):
            if kind == name:
                begin, end = inner, behind
                break
        else:
            raise ValueError(f"no box {name!r} of {path!r}")
    return begin, end
