"""An MP4 file of H.264 pictures, laid out as Android's MediaMuxer does: the index last."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from harness.simphone.media.avc_encoder import AvcEncoder, Coded
from harness.simphone.media.mp4_boxes import HEADER, box
from harness.simphone.media.mp4_track import Track, moov, visual_entry

HEAD = box("ftyp", b"mp42", struct.pack(">I", 0), b"isommp42")


def write_avc(encoder: AvcEncoder, pictures: Sequence[tuple[Coded, int]]) -> bytes:
    """The file; each picture with the milliseconds for which it is shown."""
    samples = [coded.data for coded, _ in pictures]
    sizes = [len(sample) for sample in samples]
    width, height = encoder.width, encoder.height
    track = Track(
        width,
        height,
        visual_entry("avc1", width, height, encoder.sample_entry()),
        sizes,
        [shown for _, shown in pictures],
        [number for number, (coded, _) in enumerate(pictures) if coded.sync],
    )
    return HEAD + box("mdat", *samples) + moov(track, first=len(HEAD) + HEADER)


def unfinished(pictures: Sequence[Coded]) -> bytes:
    """What lies on the disk where the recorder was killed: no index, so nobody plays it."""
    return HEAD + box("mdat", *(coded.data for coded in pictures))
