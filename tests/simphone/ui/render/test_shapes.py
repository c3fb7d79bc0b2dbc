from PIL import Image

from harness.simphone.ui.render.shapes import fill, outline, rounded_mask

WHITE, RED = (255, 255, 255), (255, 0, 0)


def canvas() -> Image.Image:
    return Image.new("RGB", (100, 100), WHITE)


def test_corners_are_round_and_smooth() -> None:
    mask = rounded_mask(100, 60, 20)
    values = set(mask.tobytes())
    assert mask.getpixel((0, 0)) == 0
    assert mask.getpixel((50, 0)) == 255
    assert len(values) > 5  # in between: anti-aliased


def test_fill_with_and_without_transparency() -> None:
    image = canvas()
    fill(image, (0, 0, 50, 50), RED)
    fill(image, (50, 50, 100, 100), (0, 0, 0), alpha=128)
    fill(image, (50, 0, 100, 50), RED, alpha=128, radius=25)
    fill(image, (10, 10, 10, 40), (0, 0, 0))  # empty: nothing happens
    assert image.getpixel((10, 10)) == RED
    assert image.getpixel((75, 75)) == (127, 127, 127)
    assert image.getpixel((50, 0)) == WHITE
    assert image.getpixel((75, 25)) == (255, 127, 127)


def test_an_outline_leaves_the_inside() -> None:
    image = canvas()
    outline(image, (0, 0, 100, 100), RED, WHITE, radius=10)
    assert image.getpixel((50, 1)) == RED
    assert image.getpixel((50, 50)) == WHITE
