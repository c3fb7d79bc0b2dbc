"""Painting over names."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from harness.ports import InstrumentError
from harness.session.veil import veil


def png(size: tuple[int, int] = (20, 10)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#ff0000").save(target, "PNG")
    return target.getvalue()


def test_only_the_areas_are_grey() -> None:
    picture = Image.open(io.BytesIO(veil(png(), [(2, 3, 6, 5)])))

    colours = {
        (x, y): picture.getpixel((x, y)) for x, y in [(2, 3), (5, 4), (1, 3), (6, 4), (2, 5)]
    }
    assert colours == {
        (2, 3): (128, 128, 128),
        (5, 4): (128, 128, 128),
        (1, 3): (255, 0, 0),
        (6, 4): (255, 0, 0),
        (2, 5): (255, 0, 0),
    }


def test_a_picture_without_names_is_kept_to_the_byte() -> None:
    assert veil(b"anything", []) == b"anything"


def test_what_cannot_be_painted_over_is_not_kept() -> None:
    with pytest.raises(InstrumentError, match="paint over"):
        veil(b"no picture", [(0, 0, 1, 1)])
