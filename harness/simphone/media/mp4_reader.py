"""Whether an MP4 can be played, and how long it is."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from harness.simphone.media.mp4_boxes import boxes, find

JPEG_BEGIN, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
TABLE = "moov/trak/mdia/minf/stbl"


class UnplayableError(ValueError):
    """The file is damaged; the text says where."""


@dataclass(frozen=True, slots=True)
class Movie:
    """What a player needs: length in seconds, number of frames."""

    seconds: float
    frames: int


def read_mp4(data: bytes) -> Movie:
    """Reads the index and looks at every frame. Raises UnplayableError."""
    try:
        first = next(boxes(data), None)
        if first is None or first[0] != "ftyp":
            raise UnplayableError("no ftyp box at the beginning")
        begin, _ = find(data, "moov/mvhd")
        scale, duration = struct.unpack_from(">II", data, begin + 12)
        sizes, at = _frame_sizes(data), _first_frame(data)
        media, behind = find(data, "mdat")
    except (ValueError, struct.error) as error:
        raise UnplayableError(str(error)) from error
    if not scale or not sizes:
        raise UnplayableError("the index names no frames")
    for number, size in enumerate(sizes):
        if not media <= at <= at + size <= behind:
            raise UnplayableError(f"frame {number} lies outside of the media data")
        if data[at : at + 3] != JPEG_BEGIN or data[at + size - 2 : at + size] != JPEG_END:
            raise UnplayableError(f"frame {number} is no picture")
        at += size
    return Movie(duration / scale, len(sizes))


def _frame_sizes(data: bytes) -> tuple[int, ...]:
    begin, end = find(data, f"{TABLE}/stsz")
    _, fixed, count = struct.unpack_from(">III", data, begin)
    if fixed:
        return (fixed,) * count
    if end - begin < 12 + 4 * count:
        raise ValueError(f"the index has no room for {count} frames")
    return struct.unpack_from(f">{count}I", data, begin + 12)


def _first_frame(data: bytes) -> int:
    begin, _ = find(data, f"{TABLE}/stco")
    return struct.unpack_from(">III", data, begin)[2]
