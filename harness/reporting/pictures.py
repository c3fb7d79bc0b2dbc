"""Screenshots as small data addresses, so that the page stands alone."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

CARD_WIDTH = 360  # pixels
THUMBNAIL_WIDTH = 96


def small_picture(path: Path, width: int = CARD_WIDTH) -> Markup | None:
    """A JPEG of `width` pixels as `data:` address; None when there is no readable picture."""
    try:
        with Image.open(path) as image:
            height = max(round(image.height * width / image.width), 1)
            image.draft("RGB", (width, height))
            small = image.convert("RGB").resize((width, height), reducing_gap=2.0)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return None
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=75)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return Markup(f"data:image/jpeg;base64,{data}")  # noqa: S704  # base64 needs no escape
