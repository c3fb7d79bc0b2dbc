"""Masked pictures hold no secret, neither in their pixels nor beside them."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from harness.adapters.picture import blurred, masked
from harness.ports import InstrumentError


def picture() -> bytes:
    made = Image.new("RGB", (240, 480), "white")
    ImageDraw.Draw(made).text((40, 100), "hunter2", fill="black")
    beside = PngInfo()
    beside.add_text("Comment", "hunter2")
    target = io.BytesIO()
    made.save(target, "PNG", pnginfo=beside)
    return target.getvalue()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def dark(image: Image.Image) -> int:
    """Pixels that are nearly black."""
    return sum(image.convert("L").histogram()[:64])


def test_a_box_is_painted_over_and_nothing_else() -> None:
    made = picture()
    assert dark(opened(made)) > 0

    after = opened(masked(made, [(30, 90, 150, 120)]))

    assert dark(after) == 0
    assert after.getpixel((29, 100)) == (255, 255, 255)
    assert after.getpixel((30, 100)) == after.getpixel((149, 119)) == (128, 128, 128)
    assert after.size == (240, 480)


@pytest.mark.parametrize("boxes", [[], [(-50, -50, 9000, 9000)]], ids=["none", "beyond"])
def test_texts_beside_the_pixels_are_left_out(boxes: list[tuple[int, int, int, int]]) -> None:
    assert b"hunter2" not in masked(picture(), boxes)


def test_a_blurred_picture_has_its_size_and_no_word() -> None:
    after = opened(blurred(picture()))

    assert after.size == (240, 480)
    assert dark(after) == 0


def test_what_is_no_picture_is_the_instruments_failure() -> None:
    with pytest.raises(InstrumentError, match="read a screenshot"):
        masked(b"no png", [])
