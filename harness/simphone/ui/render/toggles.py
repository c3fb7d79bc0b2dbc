"""Check boxes and switches."""

from __future__ import annotations

from PIL import Image

from harness.simphone.ui.node import Bounds
from harness.simphone.ui.render.colours import Rgb
from harness.simphone.ui.render.icons import draw_icon
from harness.simphone.ui.render.shapes import fill, outline

_ON: Rgb = (254, 44, 85)
_OFF: Rgb = (200, 200, 205)
_WHITE: Rgb = (255, 255, 255)
_BOX = 48
MARKED = ("CheckBox", "RadioButton")
"""Ends of the class names of views with a mark left of their label."""
LABEL_OFFSET = 72
"""Pixels from the left edge of a CheckBox to its label."""


def draw_checkbox(image: Image.Image, box: Bounds, *, checked: bool) -> None:
    """A round check box at the left of `box`."""
    left, top, _, bottom = box
    y = (top + bottom - _BOX) // 2
    place = (left, y, left + _BOX, y + _BOX)
    if checked:
        fill(image, place, _ON, radius=_BOX // 2)
        draw_icon(image, "check", left + 9, y + 9, _BOX - 18, _WHITE)
    else:
        outline(image, place, _OFF, _WHITE, radius=_BOX // 2, width=4)


def draw_switch(image: Image.Image, box: Bounds, *, checked: bool) -> None:
    """A switch at the right of `box`."""
    _, top, right, bottom = box
    width, height = 110, 64
    y = (top + bottom - height) // 2
    fill(image, (right - width, y, right, y + height), _ON if checked else _OFF, radius=32)
    knob = right - height + 5 if checked else right - width + 5
    fill(image, (knob, y + 5, knob + 54, y + 59), _WHITE, radius=27)


def draw_seek_bar(image: Image.Image, box: Bounds, progress: float = 0.0) -> None:
    """A slider; `progress` from 0 at the left to 1 at the right."""
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    fill(image, (left + 40, middle - 5, right - 40, middle + 5), _OFF, radius=5)
    knob = left + 10 + round(max(0.0, min(1.0, progress)) * max(0, right - left - 80))
    if progress > 0:
        fill(image, (left + 40, middle - 5, knob + 30, middle + 5), _ON, radius=5)
    fill(image, (knob, middle - 30, knob + 60, middle + 30), _ON, radius=30)
