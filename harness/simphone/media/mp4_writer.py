"""Writes a short MP4 of JPEG frames that ordinary players open.

One video track whose samples are JPEG pictures (sample entry `mp4v`, object
type 0x6C of ISO/IEC 14496-1), each shown equally long. Same input, same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from harness.simphone.media.mp4_boxes import HEADER, box, full_box
from harness.simphone.media.mp4_track import Track, moov, visual_entry

JPEG_OBJECT = 0x6C
VIDEO_STREAM = 0x11  # stream type 4 (visual), as the descriptor packs it


def write_mp4(frames: Sequence[bytes], *, width: int, height: int, frame_ms: int) -> bytes:
    """The file; `frames` are JPEGs of `width` x `height` pixels, each shown `frame_ms`."""
    head = box("ftyp", b"isom", struct.pack(">I", 512), b"isomiso2mp41")
    sizes = [len(frame) for frame in frames]
    entry = visual_entry("mp4v", width, height, full_box("esds", _es_descriptor()))
    track = Track(width, height, entry, sizes, [frame_ms] * len(frames))
    first = len(head) + len(moov(track, first=0)) + HEADER
    media = struct.pack(">I", HEADER + sum(sizes)) + b"mdat" + b"".join(frames)
    return head + moov(track, first=first) + media


def _es_descriptor() -> bytes:
    decoder = _descriptor(4, struct.pack(">BB", JPEG_OBJECT, VIDEO_STREAM), bytes(3 + 4 + 4))
    return _descriptor(3, struct.pack(">HB", 1, 0), decoder, _descriptor(6, b"\x02"))


def _descriptor(tag: int, *parts: bytes) -> bytes:
    payload = b"".join(parts)
    return struct.pack(">BB", tag, len(payload)) + payload
