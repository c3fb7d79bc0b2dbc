"""JPEG pictures and short clips, drawn from a seed."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from harness.simphone.media.mp4_writer import write_mp4
from harness.simphone.ui.render.pictures import picture

WIDTH, HEIGHT = 180, 320
FRAME_MS = 500
QUALITY = 80


@lru_cache(maxsize=64)
def still(seed: int, *, width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A JPEG of that size."""
    return _jpeg(picture(seed, width, height, avatar=False))


@lru_cache(maxsize=256)
def clip(seed: int, frames: int = 12) -> bytes:
    """An MP4 of `frames` half seconds: the still with a bar that grows."""
    drawn = picture(seed, WIDTH, HEIGHT, avatar=False)
    made: list[bytes] = []
    for number in range(frames):
        frame = drawn.copy()
        edge = WIDTH * (number + 1) // frames
        ImageDraw.Draw(frame).rectangle((0, HEIGHT - 8, edge, HEIGHT), fill=(254, 44, 85))
        made.append(_jpeg(frame))
    return write_mp4(made, width=WIDTH, height=HEIGHT, frame_ms=FRAME_MS)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
