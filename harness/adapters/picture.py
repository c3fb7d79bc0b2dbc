"""Screenshots without secrets: places painted over, or the whole made unreadable."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image, ImageDraw, UnidentifiedImageError

from harness.ports import InstrumentError

Box = tuple[int, int, int, int]
_GREY = (128, 128, 128)
_COARSE = 24
"""Pixels that become one: no text of a phone's screen can be read then."""


def masked(png: bytes | Image.Image, boxes: Iterable[Box]) -> bytes:
    """The picture with grey over each box (left, top, right, bottom in pixels).

    Always written anew, so nothing that stood beside the pixels (texts, Exif) is kept.
    Raises InstrumentError("appium", …) for what is no picture.
    """
    picture = png if isinstance(png, Image.Image) else decoded(png)
    paint = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        paint.rectangle((left, top, right - 1, bottom - 1), fill=_GREY)
    return _written(picture)


def blurred(png: bytes | Image.Image) -> bytes:
    """The picture in squares: what kind of screen it was can be seen, no word be read."""
    picture = png if isinstance(png, Image.Image) else decoded(png)
    small = picture.reduce(_COARSE)
    return _written(small.resize(picture.size, Image.Resampling.NEAREST))


def decoded(png: bytes) -> Image.Image:
    """Its pixels alone. Raises InstrumentError("appium", …) for what is no picture."""
    try:
        return Image.open(io.BytesIO(png)).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise InstrumentError("appium", "read a screenshot", str(error)) from error


def _written(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=3)
    return target.getvalue()
