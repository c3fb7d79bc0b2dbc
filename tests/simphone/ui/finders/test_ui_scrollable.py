import asyncio

import pytest

from harness.simphone.ui.finders.ui_scrollable import find_by_scrolling
from harness.simphone.ui.finders.ui_selector import UiScrollable, parse_selector
from harness.simphone.ui.node import Node
from tests.simphone.ui.stand_ins import APP, long_list, new_display

CONTAINER = "new UiScrollable(new UiSelector().scrollable(true))"


def scroll(*sources: str) -> tuple[list[Node], int]:
    """What the last one finds, and how often the finger moved for it."""
    display = new_display()
    display.open_window(APP, "Main").set_content(long_list())
    swipes = 0

    async def swipe(x1: int, y1: int, x2: int, y2: int, seconds: float) -> None:
        nonlocal swipes
        swipes += 1
        await display.swipe(x1, y1, x2, y2, 0)

    found: list[Node] = []
    for source in sources:
        parsed = parse_selector(source)
        assert isinstance(parsed, UiScrollable)
        swipes = 0
        found = asyncio.run(find_by_scrolling(parsed, display.roots, swipe))
    return found, swipes


def test_what_is_far_down_is_brought_into_view() -> None:
    found, swipes = scroll(f'{CONTAINER}.scrollIntoView(new UiSelector().text("Row 35"))')
    assert [node.text for node in found] == ["Row 35"]
    assert found[0].shown
    assert swipes > 2


def test_what_is_seen_needs_no_swipe() -> None:
    found, swipes = scroll(f'{CONTAINER}.scrollTextIntoView("Row 2")')
    assert ([node.text for node in found], swipes) == (["Row 2"], 0)


def test_what_is_not_there_is_given_up_at_the_end() -> None:
    found, swipes = scroll(f'{CONTAINER}.scrollTextIntoView("Row 99")')
    assert found == []
    assert swipes < 30


def test_a_limit_is_kept() -> None:
    _, swipes = scroll(f'{CONTAINER}.setMaxSearchSwipes(2).scrollTextIntoView("Row 39")')
    assert swipes <= 3


@pytest.mark.parametrize(
    ("moves", "row", "shown"),
    [
        (["scrollForward()"], "row-1", False),
        (["scrollForward()", "scrollBackward()"], "row-0", True),
        (["scrollToEnd(30)"], "row-39", True),
        (["scrollToEnd(30)", "flingToBeginning(30)"], "row-0", True),
    ],
)
def test_moves_without_a_search_give_the_list(moves: list[str], row: str, shown: bool) -> None:
    found, swipes = scroll(*(f"{CONTAINER}.{move}" for move in moves))
    assert swipes >= 1
    rows = [node for node in found[0].walk() if node.desc == row]
    assert rows[0].shown is shown
