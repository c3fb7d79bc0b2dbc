"""What lies over an element, by bounds and the order in which views are drawn."""

import pytest

from harness.screens.cover import cover_of
from harness.screens.source import PageSource

APP = "com.zhiliaoapp.musically"
LOW, FULL = "[0,2200][200,2350]", "[0,0][1080,2400]"


def view(bounds: str, inner: str = "", **more: str) -> str:
    words = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in more.items())
    return f'<v package="{APP}" bounds="{bounds}" {words}>{inner}</v>'


TAB = view(LOW, content_desc="Profile", clickable="true")
CARD = view("[100,900][980,1500]", view("[150,950][900,1000]", text="Meet boards"))
TARGET = "//*[@content-desc='Profile']"


def cover(*views: str) -> str | None:
    return cover_of(PageSource(f"<hierarchy>{''.join(views)}</hierarchy>"), TARGET)


@pytest.mark.parametrize(
    ("views", "words"),
    [
        ((view(FULL, TAB),), None),
        ((view(FULL, TAB + view(FULL, CARD, clickable="true")),), "Meet boards"),
        ((view(FULL, view(FULL, CARD, clickable="true") + TAB),), None),  # drawn below it
        ((view(FULL, TAB + view(FULL, CARD)),), None),  # touches go through
        ((view(FULL, TAB + view(FULL, clickable="true")),), None),  # says nothing
        ((view(FULL, TAB + view("[300,0][1080,2400]", CARD, clickable="true")),), None),
        ((view(FULL, TAB), view(FULL, CARD, clickable="true")), None),  # another window
        (
            (
                view(
                    FULL,
                    view(FULL, CARD, clickable="true", drawing_order="2")
                    + view(FULL, TAB, drawing_order="1"),
                ),
            ),
            "Meet boards",
        ),
        ((view(FULL, view(LOW, TAB) + view(LOW, view(LOW, text="Ad", clickable="true"))),), "Ad"),
        (("<v package='x' content-desc='Profile'/>",), None),  # a server without bounds
        ((view(FULL, CARD),), None),  # the element is not there
        (
            (view(FULL, TAB + view(FULL, "<v text='Odd' clickable='true'/>", clickable="false")),),
            None,
        ),
    ],
)
def test_only_what_takes_the_touch_and_says_something_covers(
    views: tuple[str, ...], words: str | None
) -> None:
    assert cover(*views) == words


def test_a_cover_is_told_by_its_first_words() -> None:
    texts = "".join(view(FULL, text=word) for word in ("One", "Two", "Two", "Three", "Four"))
    assert cover(view(FULL, TAB + view(FULL, texts, clickable="true"))) == "One · Two · Three"
