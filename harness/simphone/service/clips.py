"""The clips of the simulated feed, and bytes to play for them."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

CLIP_BYTES = 180_000


@dataclass(frozen=True, slots=True)
class Clip:
    """One video of the feed; `picture` seeds its drawn still."""

    clip_id: str
    author: str
    caption: str
    likes: int
    comments: int
    shares: int
    picture: int


CLIPS = (
    Clip("7301234567890123401", "harbour.walks", "Low tide at six #sea", 48_210, 512, 301, 11),
    Clip("7301234567890123402", "bread.by.ana", "Day three of the starter", 9_804, 220, 88, 12),
    Clip("7301234567890123403", "cyclo.kim", "Down the pass before rain", 121_900, 930, 700, 13),
    Clip("7301234567890123404", "plants.daily", "It has a new leaf!", 3_120, 95, 17, 14),
    Clip("7301234567890123405", "old.radios", "Valves warm, listen to this", 760, 41, 6, 15),
)


def clip_bytes(clip_id: str) -> bytes:
    """An MP4-shaped file: an `ftyp` box, then one `mdat` box of bytes made from the id."""
    brand = b"isom" + struct.pack(">I", 512) + b"isommp41"
    head = struct.pack(">I", 8 + len(brand)) + b"ftyp" + brand
    seed = hashlib.sha256(clip_id.encode()).digest()
    data = (seed * (CLIP_BYTES // len(seed) + 1))[:CLIP_BYTES]
    return head + struct.pack(">I", 8 + len(data)) + b"mdat" + data
