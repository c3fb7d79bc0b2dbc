"""Paints over parts of a screenshot before it is written down."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, UnidentifiedImageError

from harness.ports import InstrumentError
from harness.screens.source import Area

GREY = "#808080"


def veil(png: bytes, areas: Sequence[Area]) -> bytes:
    """The picture with the areas (pixels of the screen) in plain grey.

    Raises InstrumentError where it is no picture: what cannot be painted over is not kept.
    """
    if not areas:
        return png
    try:
        picture = Image.open(io.BytesIO(png)).convert("RGB")
    except (UnidentifiedImageError, OSError) as error:
        raise InstrumentError("appium", "paint over names in a screenshot", str(error)) from error
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in areas:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=GREY)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
