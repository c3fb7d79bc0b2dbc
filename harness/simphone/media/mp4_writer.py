"""Writes a short MP4 of JPEG frames that ordinary players open.

One video track whose samples are JPEG pictures (sample entry `mp4v`, object
type 0x6C of ISO/IEC 14496-1), each shown equally long. Same input, same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from harness.simphone.media.mp4_boxes import HEADER, box, full_box

TIMESCALE = 1000  # ticks of a second
JPEG_OBJECT = 0x6C
VIDEO_STREAM = 0x11  # stream type 4 (visual), as the descriptor packs it
IDENTITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
UNDEFINED_LANGUAGE = 0x55C4  # "und"
EPOCH = 0  # 1904: files of apps often carry no date of making


def write_mp4(frames: Sequence[bytes], *, width: int, height: int, frame_ms: int) -> bytes:
    """The file; `frames` are JPEGs of `width` x `height` pixels, each shown `frame_ms`."""
    head = box("ftyp", b"isom", struct.pack(">I", 512), b"isomiso2mp41")
    size = sum(len(frame) for frame in frames)
    draft = _moov(frames, width, height, frame_ms, first=0)
    moov = _moov(frames, width, height, frame_ms, first=len(head) + len(draft) + HEADER)
    return head + moov + struct.pack(">I", HEADER + size) + b"mdat" + b"".join(frames)


def _moov(frames: Sequence[bytes], width: int, height: int, frame_ms: int, *, first: int) -> bytes:
    duration = len(frames) * frame_ms
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
        struct.pack(">II", width << 16, height << 16),
        flags=3,  # enabled, in the movie
    )
    return box("moov", mvhd, box("trak", tkhd, _mdia(frames, width, height, frame_ms, first)))


def _mdia(frames: Sequence[bytes], width: int, height: int, frame_ms: int, first: int) -> bytes:
    duration = len(frames) * frame_ms
    mdhd = full_box(
        "mdhd", struct.pack(">IIIIHH", EPOCH, EPOCH, TIMESCALE, duration, UNDEFINED_LANGUAGE, 0)
    )
    hdlr = full_box("hdlr", bytes(4), b"vide", bytes(12), b"VideoHandler\0")
    vmhd = full_box("vmhd", bytes(8), flags=1)
    dinf = box("dinf", full_box("dref", struct.pack(">I", 1), full_box("url ", flags=1)))
    stbl = box(
        "stbl",
        full_box("stsd", struct.pack(">I", 1), _sample_entry(width, height)),
        full_box("stts", struct.pack(">III", 1, len(frames), frame_ms)),
        full_box("stsc", struct.pack(">IIII", 1, 1, len(frames), 1)),
        full_box(
            "stsz",
            struct.pack(">II", 0, len(frames)),
            *(struct.pack(">I", len(frame)) for frame in frames),
        ),
        full_box("stco", struct.pack(">II", 1, first)),
    )
    return box("mdia", mdhd, hdlr, box("minf", vmhd, dinf, stbl))


def _sample_entry(width: int, height: int) -> bytes:
    return box(
        "mp4v",
        bytes(6),
        struct.pack(">H", 1),  # data reference
        bytes(16),
        struct.pack(">HHIIIH", width, height, 0x480000, 0x480000, 0, 1),  # 72 dpi, 1 frame
        bytes(32),
        struct.pack(">Hh", 24, -1),
        full_box("esds", _es_descriptor()),
    )


def _es_descriptor() -> bytes:
    decoder = _descriptor(4, struct.pack(">BB", JPEG_OBJECT, VIDEO_STREAM), bytes(3 + 4 + 4))
    return _descriptor(3, struct.pack(">HB", 1, 0), decoder, _descriptor(6, b"\x02"))


def _descriptor(tag: int, *parts: bytes) -> bytes:
    payload = b"".join(parts)
    return struct.pack(">BB", tag, len(payload)) + payload
