import pytest

from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.node import Node
from harness.simphone.ui.touch import contains, scrollable_at, touched
from harness.simphone.ui.widgets import button, group, list_view, spacer, text
from tests.simphone.ui.stand_ins import nothing

AREA = (0, 0, 1000, 1000)


def below(over: Node) -> Node:
    root = group(button("below", on_click=nothing), over)
    lay_out(root, AREA)
    return root


@pytest.mark.parametrize(
    ("over", "hit"),
    [
        (spacer(), "below"),  # what is not clickable lets the touch through
        (spacer(clickable=True, text="scrim"), "scrim"),
        (spacer(clickable=True, enabled=False, text="off"), "off"),
        (spacer(clickable=True, visible=False), "below"),
        (group(text("label"), on_click=nothing, text="parent"), "parent"),
        (spacer(clickable=True, bounds=(600, 600, 900, 900)), "below"),
    ],
)
def test_who_takes_a_tap_at_the_middle(over: Node, hit: str) -> None:
    node = touched(below(over), 500, 500)
    assert node is not None
    assert node.text == hit


def test_nobody_takes_a_tap_beside() -> None:
    assert touched(below(spacer()), 1500, 500) is None


def test_the_innermost_list_scrolls() -> None:
    inner = list_view(spacer(10))
    root = list_view(inner)
    lay_out(root, AREA)
    assert scrollable_at([root], 5, 5) is inner
    assert scrollable_at([root], 5, 900) is root
    assert scrollable_at([root], 5, 1900) is None
    assert contains(root, 0, 0)
    assert not contains(root, 1000, 0)
