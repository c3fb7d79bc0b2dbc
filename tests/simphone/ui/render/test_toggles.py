from PIL import Image

from harness.simphone.ui.render.toggles import draw_checkbox, draw_seek_bar, draw_switch

RED = (254, 44, 85)
BOX = (0, 0, 300, 100)


def reds(image: Image.Image) -> int:
    data = image.tobytes()
    return sum(data[at : at + 3] == bytes(RED) for at in range(0, len(data), 3))


def test_on_is_red_and_off_is_not() -> None:
    for draw in (draw_checkbox, draw_switch):
        on, off = (Image.new("RGB", (300, 100), (255, 255, 255)) for _ in range(2))
        draw(on, BOX, checked=True)
        draw(off, BOX, checked=False)
        assert reds(on) > 500
        assert reds(off) == 0
        assert len(set(off.convert("L").tobytes())) > 1


def test_a_slider_stands_at_its_start() -> None:
    image = Image.new("RGB", (300, 100), (255, 255, 255))
    draw_seek_bar(image, BOX)
    assert image.getpixel((40, 50)) == RED
    assert image.getpixel((150, 50)) != (255, 255, 255)


def test_a_slider_stands_where_its_progress_is() -> None:
    image = Image.new("RGB", (300, 100), (255, 255, 255))
    draw_seek_bar(image, BOX, 0.5)
    assert image.getpixel((60, 50)) == RED  # what lies behind
    assert image.getpixel((150, 50)) == RED
    assert image.getpixel((250, 50)) != RED
