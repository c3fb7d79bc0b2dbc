"""Draws lines of text, with the marks that the typeface lacks."""

from __future__ import annotations

from PIL import ImageDraw

from harness.simphone.ui.render.colours import Rgb
from harness.simphone.ui.render.fonts import bold_stroke, shape, typeface

_X_HEIGHT = 0.54  # of the text size
_CAPITAL = 0.74

# Accents as lines from (0, 0) over the letter's middle; units of the text size, y up.
_ACCENTS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "grave accent": ((-0.10, 0.16, 0.04, 0.05),),
    "acute accent": ((-0.04, 0.05, 0.10, 0.16),),
    "circumflex accent": ((-0.11, 0.05, 0.0, 0.16), (0.0, 0.16, 0.11, 0.05)),
    "caron": ((-0.11, 0.16, 0.0, 0.05), (0.0, 0.05, 0.11, 0.16)),
    "tilde": ((-0.13, 0.07, -0.04, 0.12), (-0.04, 0.12, 0.04, 0.07), (0.04, 0.07, 0.13, 0.12)),
    "macron": ((-0.12, 0.10, 0.12, 0.10),),
    "breve": ((-0.10, 0.15, 0.0, 0.07), (0.0, 0.07, 0.10, 0.15)),
    "double acute accent": ((-0.11, 0.05, -0.02, 0.16), (0.03, 0.05, 0.12, 0.16)),
}
_DOTS: dict[str, tuple[tuple[float, float], ...]] = {
    "diaeresis": ((-0.10, 0.10), (0.10, 0.10)),
    "dot above": ((0.0, 0.10),),
}


def draw_line(
    draw: ImageDraw.ImageDraw,
    x: float,
    baseline: float,
    text: str,
    *,
    size: int,
    bold: bool,
    colour: Rgb,
) -> None:
    """One line of text whose base line starts at (x, baseline)."""
    shaped = shape(text)
    face = typeface(size)
    stroke = bold_stroke(size) if bold else 0
    draw.text(
        (x, baseline),
        shaped.plain,
        fill=colour,
        font=face,
        anchor="ls",
        stroke_width=stroke / 2,
        stroke_fill=colour,
    )
    for index, mark in shaped.marks:
        left = x + face.getlength(shaped.plain[:index])
        _draw_mark(draw, mark, shaped.plain[index:], left, baseline, size, colour)


def _draw_mark(
    draw: ImageDraw.ImageDraw,
    mark: str,
    rest: str,
    left: float,
    baseline: float,
    size: int,
    colour: Rgb,
) -> None:
    face = typeface(size)
    if mark[-1].isdigit():
        _draw_stroke(
            draw, mark, left, face.getlength(rest[: int(mark[-1])]), baseline, size, colour
        )
        return
    capital = mark.startswith("capital ")
    name = mark.removeprefix("capital ").removeprefix("combining ")
    middle = left + face.getlength(rest[:1]) / 2
    top = baseline - size * (_CAPITAL if capital or rest[:1] in "bdfhijklt" else _X_HEIGHT)
    width = max(2, round(size * 0.07))
    for x1, y1, x2, y2 in _ACCENTS.get(name, ()):
        ends = (middle + x1 * size, top - y1 * size, middle + x2 * size, top - y2 * size)
        draw.line(ends, fill=colour, width=width)
    radius = size * 0.05
    for x, y in _DOTS.get(name, ()):
        spot = (middle + x * size, top - y * size)
        draw.circle(spot, radius, fill=colour)
    if name == "ring above":
        draw.circle(
            (middle, top - 0.11 * size), size * 0.08, outline=colour, width=max(1, width - 1)
        )
    elif name in ("cedilla", "ogonek"):
        bend = (middle, baseline, middle + 0.05 * size, baseline + 0.1 * size)
        draw.line(bend, fill=colour, width=width)
        tail = (
            middle + 0.05 * size,
            baseline + 0.1 * size,
            middle - 0.06 * size,
            baseline + 0.16 * size,
        )
        draw.line(tail, fill=colour, width=width)


def _draw_stroke(
    draw: ImageDraw.ImageDraw,
    mark: str,
    left: float,
    room: float,
    baseline: float,
    size: int,
    colour: Rgb,
) -> None:
    height = baseline - size * 0.28
    if mark.startswith("bullet"):
        draw.circle((left + room / 2, height), size * 0.17, fill=colour)
    elif mark.startswith("emoji"):
        middle = left + room / 2
        draw.circle((middle, height), size * 0.38, fill="#ffcc22")
        for eye in (-0.13, 0.13):
            draw.circle((middle + eye * size, height - 0.08 * size), size * 0.05, fill="#5b3a00")
        smile = (
            middle - 0.18 * size,
            height - 0.16 * size,
            middle + 0.18 * size,
            height + 0.2 * size,
        )
        draw.arc(smile, 20, 160, fill="#5b3a00", width=max(2, size // 16))
    else:
        margin = size * 0.04
        ends = (left + margin, height, left + room - margin, height)
        draw.line(ends, fill=colour, width=max(2, round(size * 0.07)))
