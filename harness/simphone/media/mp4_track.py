"""The index of an MP4 file with one video track (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.simphone.media.mp4_boxes import box, full_box

TIMESCALE = 1000  # ticks of a second
IDENTITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
UNDEFINED_LANGUAGE = 0x55C4  # "und"
EPOCH = 0  # 1904: files of apps often carry no date of making


@dataclass(frozen=True, slots=True)
class Track:
    """Samples lie one behind the other. `sizes` in bytes, `durations` in milliseconds."""

    width: int
    height: int
    entry: bytes  # the sample entry box: how the samples are coded
    sizes: Sequence[int]
    durations: Sequence[int]
    sync: Sequence[int] | None = None  # samples (from 0) to begin at; None = all


def moov(track: Track, *, first: int) -> bytes:
    """The box; `first`: where in the file the first sample lies."""
    duration = sum(track.durations)
    mvhd = full_box(
        "mvhd",
        struct.pack(">IIII", EPOCH, EPOCH, TIMESCALE, duration),
        struct.pack(">IHHII", 0x10000, 0x100, 0, 0, 0),  # rate 1.0, volume 1.0
        IDENTITY,
        bytes(24),
        struct.pack(">I", 2),  # next track
    )
    tkhd = full_box(
        "tkhd",
        struct.pack(">IIIII", EPOCH, EPOCH, 1, 0, duration),
        bytes(16),
        IDENTITY,
        struct.pack(">II", track.width << 16, track.height << 16),
        flags=3,  # enabled, in the movie
    )
    return box("moov", mvhd, box("trak", tkhd, _mdia(track, duration, first)))


def visual_entry(kind: str, width: int, height: int, *parts: bytes) -> bytes:
    """A sample entry of a picture that large."""
    return box(
        kind,
        bytes(6),
        struct.pack(">H", 1),  # data reference
        bytes(16),
        struct.pack(">HHIIIH", width, height, 0x480000, 0x480000, 0, 1),  # 72 dpi, 1 frame
        bytes(32),
        struct.pack(">Hh", 24, -1),
        *parts,
    )


def _mdia(track: Track, duration: int, first: int) -> bytes:
    mdhd = full_box(
        "mdhd", struct.pack(">IIIIHH", EPOCH, EPOCH, TIMESCALE, duration, UNDEFINED_LANGUAGE, 0)
    )
    hdlr = full_box("hdlr", bytes(4), b"vide", bytes(12), b"VideoHandler\0")
    vmhd = full_box("vmhd", bytes(8), flags=1)
    dinf = box("dinf", full_box("dref", struct.pack(">I", 1), full_box("url ", flags=1)))
    return box("mdia", mdhd, hdlr, box("minf", vmhd, dinf, _stbl(track, first)))


def _stbl(track: Track, first: int) -> bytes:
    count = len(track.sizes)
    runs = [(len(list(same)), length) for length, same in groupby(track.durations)]
    parts = [
        full_box("stsd", struct.pack(">I", 1), track.entry),
        full_box(
            "stts", struct.pack(">I", len(runs)), *(struct.pack(">II", n, ms) for n, ms in runs)
        ),
        full_box("stsc", struct.pack(">IIII", 1, 1, count, 1)),
        full_box(
            "stsz", struct.pack(">II", 0, count), *(struct.pack(">I", n) for n in track.sizes)
        ),
        full_box("stco", struct.pack(">II", 1, first)),
    ]
    if track.sync is not None:
        numbers = (struct.pack(">I", number + 1) for number in track.sync)
        parts.insert(2, full_box("stss", struct.pack(">I", len(track.sync)), *numbers))
    return box("stbl", *parts)
