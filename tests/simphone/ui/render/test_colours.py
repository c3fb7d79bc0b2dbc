import pytest

from harness.simphone.ui.render.colours import luminance, mix, parse


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", ((255, 255, 255), 255)),
        ("#fe2c55", ((254, 44, 85), 255)),
        ("#00000080", ((0, 0, 0), 128)),
        ("white", ((255, 255, 255), 255)),
    ],
)
def test_parse(text: str, colour: tuple[tuple[int, int, int], int]) -> None:
    assert parse(text) == colour


def test_no_colour() -> None:
    with pytest.raises(ValueError, match="unknown color"):
        parse("#nothing")


def test_light_and_dark() -> None:
    assert luminance((255, 255, 255)) == pytest.approx(1)
    assert luminance((0, 0, 0)) == 0
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
