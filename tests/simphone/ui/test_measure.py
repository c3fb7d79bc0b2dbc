import pytest

from harness.simphone.ui.measure import natural_height, natural_width
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import button, checkbox, column, image, progress, row, spacer, text


@pytest.mark.parametrize(
    ("node", "height"),
    [
        (text("word", size=40), 52),
        (text("word\nword", size=40), 104),
        (text("", size=40), 52),
        (button("Go", on_click=None, height=77), 132),
        (image(icon="home"), 72),
        (image(picture=1), 320),
        (spacer(), 0),
        (column(spacer(100), spacer(30)), 130),
        (row(spacer(100), text("word", size=40)), 52),
        (progress(), 72),
    ],
)
def test_natural_height(node: Node, height: int) -> None:
    assert natural_height(node, 500) == height


def test_a_narrow_text_is_higher() -> None:
    words = text("some words that do not fit on one line", size=40)
    assert natural_height(words, 200) > natural_height(words, 1000)


def test_width_follows_text_and_parts() -> None:
    wide = natural_width(text("a longer text", size=40))
    assert wide > natural_width(text("a", size=40))
    assert natural_width(row(spacer(100), spacer(30))) == 130
    assert natural_width(column(spacer(), image(icon="home"))) == 72
    assert natural_width(checkbox("x", checked=True, on_click=None)) > 72


def test_a_radio_button_has_its_mark() -> None:
    choice = Node("android.widget.RadioButton", text="one")
    assert natural_width(choice) == natural_width(text("one")) + 72
