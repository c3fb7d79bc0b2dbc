"""Smooth rounded rectangles: Pillow's own have jagged edges."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

from harness.simphone.ui.node import Bounds
from harness.simphone.ui.render.colours import Rgb

_SCALE = 4


@lru_cache(maxsize=64)
def _disc(radius: int) -> Image.Image:
    side = 2 * radius * _SCALE
    large = Image.new("L", (side, side))
    ImageDraw.Draw(large).ellipse((0, 0, side - 1, side - 1), fill=255)
    return large.resize((2 * radius, 2 * radius), Image.Resampling.BOX)


@lru_cache(maxsize=256)
def rounded_mask(width: int, height: int, radius: int) -> Image.Image:
    """A mask of `width` x `height` with round corners."""
    mask = Image.new("L", (width, height), 255)
    radius = min(radius, width // 2, height // 2)
    if radius <= 0:
        return mask
    disc = _disc(radius)
    right, bottom = width - radius, height - radius
    for x, y in ((0, 0), (right, 0), (0, bottom), (right, bottom)):
        corner = (radius if x else 0, radius if y else 0)
        part = disc.crop((*corner, corner[0] + radius, corner[1] + radius))
        mask.paste(part, (x, y))
    return mask


def fill(
    image: Image.Image, box: Bounds, colour: Rgb, *, alpha: int = 255, radius: int = 0
) -> None:
    """Fills `box` of an RGB image, with round corners and see-through if asked."""
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        return
    if radius <= 0 and alpha == 255:
        image.paste(colour, box)
        return
    if radius <= 0:
        image.paste(colour, box, Image.new("L", (right - left, bottom - top), alpha))
        return
    mask = rounded_mask(right - left, bottom - top, radius)
    if alpha < 255:
        mask = mask.point([value * alpha // 255 for value in range(256)])
    image.paste(colour, box, mask)


def outline(
    image: Image.Image, box: Bounds, colour: Rgb, inside: Rgb, *, radius: int, width: int = 3
) -> None:
    """A border of `width` pixels round a filled box."""
    left, top, right, bottom = box
    fill(image, box, colour, radius=radius)
    inner = (left + width, top + width, right - width, bottom - width)
    fill(image, inner, inside, radius=max(0, radius - width))
