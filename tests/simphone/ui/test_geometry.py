from harness.simphone.ui.geometry import Geometry


def test_a_pixel_8_has_bars_of_63_pixels() -> None:
    screen = Geometry(1080, 2400, 420)
    assert (screen.status_bar, screen.navigation_bar) == (63, 63)
    assert screen.screen == (0, 0, 1080, 2400)


def test_the_keyboard_takes_room_from_the_content() -> None:
    screen = Geometry()
    assert screen.content(keyboard_shown=False) == (0, 63, 1080, 2337)
    assert screen.content(keyboard_shown=True)[3] == screen.keyboard[1]
