"""Paints an icon by its name, smoothly and in any size."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

from harness.simphone.ui.render.colours import Rgb
from harness.simphone.ui.render.icon_shapes import ICONS, Stroke
from harness.simphone.ui.render.shapes import fill

_SCALE = 4
_GRID = 24
_PEN = 1.9  # stroke width on the grid

_CYAN: Rgb = (37, 244, 238)
_RED: Rgb = (254, 44, 85)


def draw_icon(image: Image.Image, name: str, x: int, y: int, side: int, colour: Rgb) -> None:
    """Paints `name` with its upper left corner at (x, y); unknown names draw a circle.

    "plus" is the create button in its own colours; "battery:NN" is NN per cent full.
    """
    if name == "plus":
        _draw_plus(image, x, y, side)
    elif name.startswith("battery:"):
        _draw_battery(image, x, y, side, int(name.partition(":")[2]), colour)
    else:
        image.paste(colour, (x, y), _mask(name, side))


@lru_cache(maxsize=256)
def _mask(name: str, side: int) -> Image.Image:
    large = Image.new("L", (side * _SCALE, side * _SCALE))
    draw = ImageDraw.Draw(large)
    unit = side * _SCALE / _GRID
    for stroke in ICONS.get(name, (("circle", (12, 12, 9)),)):
        _draw_stroke(draw, stroke, unit)
    return large.resize((side, side), Image.Resampling.BOX)


def _draw_stroke(draw: ImageDraw.ImageDraw, stroke: Stroke, unit: float) -> None:
    kind, numbers = stroke
    scaled = [number * unit for number in numbers]
    pen = round(_PEN * unit)
    if kind in ("fill", "erase"):
        draw.polygon(scaled, fill=255 if kind == "fill" else 0)
    elif kind in ("line", "loop"):
        _draw_path(draw, scaled if kind == "line" else scaled + scaled[:2], pen)
    elif kind == "arc":
        x, y, radius = scaled[:3]
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.arc(box, numbers[3], numbers[4], fill=255, width=pen)
    else:
        x, y, radius = scaled
        solid = {"disc": 255, "clear": 0}.get(kind)
        draw.circle((x, y), radius, fill=solid, outline=255 if solid is None else None, width=pen)


def _draw_path(draw: ImageDraw.ImageDraw, points: list[float], pen: int) -> None:
    draw.line(points, fill=255, width=pen, joint="curve")
    for x, y in zip(points[::2], points[1::2], strict=True):
        draw.circle((x, y), pen / 2, fill=255)


def _draw_plus(image: Image.Image, x: int, y: int, side: int) -> None:
    height, width = round(side * 0.78), round(side * 1.12)
    left, top = x + (side - width) // 2, y + (side - height) // 2
    shift, radius = max(2, side // 10), height // 3
    box = (left, top, left + width, top + height)
    fill(image, (box[0] - shift, box[1], box[2] - shift, box[3]), _CYAN, radius=radius)
    fill(image, (box[0] + shift, box[1], box[2] + shift, box[3]), _RED, radius=radius)
    fill(image, box, (22, 24, 35), radius=radius)
    arm, middle_x, middle_y = height // 4, (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    thick = max(2, side // 22)
    white = (255, 255, 255)
    fill(image, (middle_x - arm, middle_y - thick, middle_x + arm, middle_y + thick), white)
    fill(image, (middle_x - thick, middle_y - arm, middle_x + thick, middle_y + arm), white)


def _draw_battery(image: Image.Image, x: int, y: int, side: int, level: int, colour: Rgb) -> None:
    width, height = round(side * 0.46), round(side * 0.84)
    left, top = x + (side - width) // 2, y + (side - height) // 2 + 2
    pale = (colour[0], colour[1], colour[2])
    fill(image, (left + width // 4, top - 4, left + width - width // 4, top), pale, radius=2)
    fill(image, (left, top, left + width, top + height), pale, alpha=90, radius=5)
    full = height * max(0, min(100, level)) // 100
    fill(image, (left, top + height - full, left + width, top + height), pale, radius=5)
