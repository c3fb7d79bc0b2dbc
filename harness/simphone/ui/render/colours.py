"""Colours as the styles write them."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageColor

Rgb = tuple[int, int, int]


@lru_cache(maxsize=512)
def parse(colour: str) -> tuple[Rgb, int]:
    """Reads "#rgb", "#rrggbb", "#rrggbbaa" or a CSS name → (red, green, blue), alpha 0…255.

    Raises ValueError for anything else.
    """
    red, green, blue, *alpha = ImageColor.getrgb(colour)
    return (red, green, blue), alpha[0] if alpha else 255


def luminance(colour: Rgb) -> float:
    """How light a colour looks, 0 (black) to 1 (white)."""
    red, green, blue = colour
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`share` 0 is `first`, 1 is `second`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
