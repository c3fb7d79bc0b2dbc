import pytest

from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.elements import ELEMENT_KEY, Elements, element_id
from harness.simphone.ui.rest.errors import WebDriverError


def test_a_view_has_one_id_while_it_is_there() -> None:
    elements, node = Elements(), Node(view_id=7)
    reference = elements.reference(node)
    assert elements.reference(Node(view_id=7)) == reference
    assert elements.reference(Node(view_id=8)) != reference
    found = element_id(reference)
    assert found is not None
    assert elements.node(found, [Node(children=[node])]) is node
    with pytest.raises(WebDriverError, match=found):
        elements.node(found, [Node(view_id=9)])


def test_another_sessions_id_is_stale() -> None:
    found = element_id(Elements().reference(Node(view_id=7)))
    assert found is not None
    with pytest.raises(WebDriverError) as caught:
        Elements().node(found, [Node(view_id=7)])
    assert caught.value.error == "stale element reference"


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("a", "a"),
        ("", None),
        ({ELEMENT_KEY: "b"}, "b"),
        ({"ELEMENT": "c"}, "c"),
        ({}, None),
        (None, None),
        (3, None),
    ],
)
def test_references(reference: object, found: str | None) -> None:
    assert element_id(reference) == found
