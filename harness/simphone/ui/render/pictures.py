"""Pictures by seed: video stills and avatars that look like some, always the same."""

from __future__ import annotations

import random
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

from harness.simphone.ui.render.colours import Rgb, mix

WALLPAPER = -1
"""The seed of the home and lock screens' picture: hills without people."""

_SMALL = 6  # drawn at one sixth and enlarged: soft as a video, and fast

# (sky above, sky below, ground, light)
_PALETTES: tuple[tuple[Rgb, Rgb, Rgb, Rgb], ...] = (
    ((20, 30, 72), (233, 118, 92), (34, 28, 52), (255, 214, 140)),
    ((92, 170, 226), (226, 240, 246), (58, 122, 78), (255, 250, 222)),
    ((14, 16, 40), (84, 44, 120), (20, 14, 34), (255, 92, 168)),
    ((244, 176, 120), (250, 226, 188), (150, 92, 66), (255, 246, 226)),
    ((40, 110, 128), (150, 214, 204), (18, 60, 76), (240, 255, 250)),
    ((200, 92, 110), (248, 200, 180), (96, 40, 66), (255, 236, 210)),
)


@lru_cache(maxsize=96)
def picture(seed: int, width: int, height: int, *, avatar: bool) -> Image.Image:
    """An RGB picture of that size."""
    rng = random.Random(seed)
    small = (max(8, width // _SMALL), max(8, height // _SMALL))
    palette = _PALETTES[4] if seed == WALLPAPER else rng.choice(_PALETTES)
    if avatar:
        image = _avatar(rng, palette, small)
    else:
        image = _still(rng, palette, small, people=seed != WALLPAPER)
    return image.resize((width, height), Image.Resampling.BICUBIC)


def _gradient(above: Rgb, below: Rgb, size: tuple[int, int]) -> Image.Image:
    strip = Image.new("RGB", (1, 16))
    for y in range(16):
        strip.putpixel((0, y), mix(above, below, y / 15))
    return strip.resize(size, Image.Resampling.BICUBIC)


def _still(
    rng: random.Random,
    palette: tuple[Rgb, Rgb, Rgb, Rgb],
    size: tuple[int, int],
    *,
    people: bool,
) -> Image.Image:
    above, below, ground, light = palette
    width, height = size
    image = _gradient(above, below, size)
    draw = ImageDraw.Draw(image)
    sun = width * rng.uniform(0.06, 0.16)
    spot = (width * rng.uniform(0.2, 0.8), height * rng.uniform(0.2, 0.45))
    draw.circle(spot, sun, fill=light)
    for layer in range(3):
        share = layer / 2
        colour = mix(mix(below, ground, 0.45), ground, share)
        base = height * (0.55 + 0.15 * layer)
        points: list[tuple[float, float]] = [(0, height)]
        y = base + rng.uniform(-0.06, 0.06) * height
        for step in range(9):
            points.append((width * step / 8, y))
            y = base + rng.uniform(-0.08, 0.08) * height
        points.append((width, height))
        draw.polygon(points, fill=colour)
    if people:
        _draw_person(draw, rng, size, mix(ground, (0, 0, 0), 0.4))
    return image.filter(ImageFilter.GaussianBlur(max(1.0, width / 90)))


def _draw_person(
    draw: ImageDraw.ImageDraw, rng: random.Random, size: tuple[int, int], colour: Rgb
) -> None:
    width, height = size
    x, head = width * rng.uniform(0.3, 0.7), min(width, height) * rng.uniform(0.05, 0.09)
    top = height * rng.uniform(0.5, 0.62)
    draw.circle((x, top), head, fill=colour)
    body = (x - head * 1.5, top + head * 1.1, x + head * 1.5, height + head)
    draw.rounded_rectangle(body, radius=head, fill=colour)


def _avatar(
    rng: random.Random, palette: tuple[Rgb, Rgb, Rgb, Rgb], size: tuple[int, int]
) -> Image.Image:
    above, below, ground, _ = palette
    width, height = size
    image = _gradient(mix(above, (255, 255, 255), 0.2), below, size)
    draw = ImageDraw.Draw(image)
    skin = rng.choice(((246, 214, 188), (224, 172, 132), (150, 102, 74), (106, 70, 52)))
    hair = rng.choice(((40, 28, 24), (92, 58, 36), (196, 150, 84), (24, 24, 30)))
    radius = width * 0.2
    middle = (width / 2, height * 0.42)
    draw.circle((middle[0], middle[1] - radius * 0.25), radius * 1.22, fill=hair)
    shoulders = (width * 0.16, height * 0.7, width * 0.84, height * 1.3)
    draw.ellipse(shoulders, fill=mix(ground, (255, 255, 255), 0.15))
    neck = (middle[0] - radius * 0.4, middle[1], middle[0] + radius * 0.4, height * 0.76)
    draw.rectangle(neck, fill=mix(skin, (0, 0, 0), 0.12))
    draw.circle((middle[0], middle[1] + radius * 0.15), radius, fill=skin)
    return image.filter(ImageFilter.GaussianBlur(max(0.6, width / 80)))
