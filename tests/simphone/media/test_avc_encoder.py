"""The encoder's pictures, read back by a decoder that follows the standard's text."""

import pytest
from PIL import Image, ImageChops, ImageDraw

from harness.simphone.media.avc_bits import guard
from harness.simphone.media.avc_encoder import AvcEncoder
from harness.simphone.media.avc_file import unfinished, write_avc
from harness.simphone.media.mp4_boxes import boxes
from tests.simphone.media.avc_decoder import decode


def drawn(size: tuple[int, int], step: int) -> Image.Image:
    """Flat colours with one box that moves; black, whose bytes need guards, included."""
    image = Image.new("RGB", size, (0, 0, 0) if step % 2 else (30, 60, 200))
    ImageDraw.Draw(image).rectangle((8, 8 + step * 16, 40, 40 + step * 16), fill=(250, 120, 0))
    return image


def worst(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of a channel."""
    bands = ImageChops.difference(one, other).split()
    return max(level for band in bands for level, count in enumerate(band.histogram()) if count)


@pytest.mark.parametrize("size", [(96, 208), (100, 150), (32, 32)])
def test_pictures_come_back_as_they_were(size: tuple[int, int]) -> None:
    encoder = AvcEncoder(*size)
    given = [drawn(size, step) for step in (0, 2, 2, 4, 1)]
    coded = [encoder.code(image, sync=number == 3) for number, image in enumerate(given)]
    data = write_avc(encoder, [(one, 100 + number) for number, one in enumerate(coded)])
    read = decode(data)
    assert read.size == size
    assert read.shown_ms == [100, 101, 102, 103, 104]
    assert read.sync == [0, 3]
    # Chroma is halved, so colours bleed at the box's edges where these are odd.
    middles = [(24, 12 + step * 16) for step in (0, 2, 2, 4, 1)]
    for picture, wanted, (x, y) in zip(read.pictures, given, middles, strict=True):
        if y < size[1]:
            spot = (x, y, x + 2, y + 2)
            assert worst(picture.crop(spot), wanted.crop(spot)) <= 3
        corner = (48, 0, size[0], 6)
        if size[0] > 48:
            assert worst(picture.crop(corner), wanted.crop(corner)) <= 3


def test_what_did_not_change_costs_nothing() -> None:
    encoder = AvcEncoder(96, 208)
    first = encoder.code(drawn((96, 208), 0))
    again = encoder.code(drawn((96, 208), 0))
    assert len(first.data) > 78 * 384
    assert len(again.data) < 16
    assert encoder.changed(drawn((96, 208), 0)) == 0
    assert (first.sync, again.sync) == (True, False)


@pytest.mark.parametrize(
    ("payload", "guarded"),
    [
        (b"\0\0\1", b"\0\0\3\1"),
        (b"\0\0\0\0\1", b"\0\0\3\0\0\3\1"),
        (b"\0\0\4", b"\0\0\4"),
        (b"a\0\0\3b", b"a\0\0\3\3b"),
        (b"\0\0", b"\0\0\3"),
        (b"\0\1\0", b"\0\1\0"),
    ],
)
def test_no_begin_of_a_unit_inside_of_one(payload: bytes, guarded: bytes) -> None:
    assert guard(payload) == guarded


def test_an_unfinished_file_has_no_index() -> None:
    encoder = AvcEncoder(32, 32)
    data = unfinished([encoder.code(drawn((32, 32), 0))])
    assert [kind for kind, _, _ in boxes(data)] == ["ftyp", "mdat"]
