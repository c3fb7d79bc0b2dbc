import pytest
from PIL import Image, ImageDraw

from harness.simphone.ui.render.text_drawing import draw_line


def box(text: str, *, bold: bool = False) -> tuple[int, int, int, int]:
    image = Image.new("L", (600, 120))
    rgb = image.convert("RGB")
    draw_line(ImageDraw.Draw(rgb), 20, 80, text, size=60, bold=bold, colour=(255, 255, 255))
    found = rgb.convert("L").getbbox()
    assert found is not None
    return found


@pytest.mark.parametrize("letter", ["é", "è", "ê", "ë", "ñ", "å", "š", "ī", "ő", "ż"])
def test_marks_stand_over_the_letter(letter: str) -> None:
    assert box(letter)[1] < box("e")[1]


@pytest.mark.parametrize("letter", ["ç", "ą"])
def test_marks_hang_under_the_letter(letter: str) -> None:
    assert box(letter)[3] > box("c")[3]


@pytest.mark.parametrize("character", ["•", "–", "—", "😀"])
def test_strokes_are_drawn(character: str) -> None:
    left, _, right, _ = box(character)
    assert right > left


def test_bold_is_wider() -> None:
    thin, thick = box("l"), box("l", bold=True)
    assert thick[2] - thick[0] > thin[2] - thin[0]
