import pytest

from harness.simphone.ui.node import Bounds, Node


@pytest.mark.parametrize(
    ("bounds", "visible", "shown"),
    [
        ((0, 0, 10, 10), True, True),
        ((0, 0, 10, 10), False, False),
        ((0, 0, 0, 10), True, False),
        (None, True, False),
    ],
)
def test_shown_needs_visibility_and_an_area(
    bounds: Bounds | None, visible: bool, shown: bool
) -> None:
    assert Node(bounds=bounds, visible=visible).shown is shown


def test_centre_and_walk() -> None:
    leaf = Node(bounds=(10, 20, 30, 60))
    root = Node(children=[Node(children=[leaf]), Node()])
    assert leaf.centre == (20, 40)
    assert Node().centre == (0, 0)
    assert [node is leaf for node in root.walk()] == [False, False, True, False]
