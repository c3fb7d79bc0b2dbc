"""Names of other people leave neither texts nor places behind."""

from __future__ import annotations

from harness.adapters.locator_file import load_locators
from harness.screens.kept_screen import AppWords, Kept, private
from harness.screens.private import private_paths
from harness.screens.source import PageSource
from tests.pages.page_sources import APP, node, page

ROW = node(
    "LinearLayout",
    node("ImageView", bounds="[0,20][9,60]")
    + node("TextView", text="Mila", bounds="[10,20][110,60]")
    + node("TextView", text="mila.abc0", bounds="[10,60][110,90]")
    + node("Button", text="Follow back"),
    clickable="true",
)
PEOPLE = page(
    node("LinearLayout", content_desc="Followers 12", selected="true"),
    node("RecyclerView", ROW),
)


def kept(text: str) -> Kept:
    """With locator data alone: nothing counts as the app's own word or as somebody else's."""
    paths = private_paths(load_locators("tiktok"), (APP,))
    everything = AppWords(frozenset(), ("",))
    return private(
        PageSource(text), own=everything, clean=str, tag=lambda one: f"<{len(one)}>", paths=paths
    )


def test_the_rows_of_a_list_of_people_are_hidden() -> None:
    found = kept(PEOPLE)

    assert "Mila" not in found.xml
    assert "mila" not in found.xml
    assert "Follow back" in found.xml
    assert "Followers 12" in found.xml
    assert sorted(found.boxes) == [
        (0, 20, 9, 60),
        (10, 20, 110, 60),
        (10, 60, 110, 90),
    ]


def test_other_pages_are_left_alone() -> None:
    found = kept(page(node("RecyclerView", ROW)))

    assert "Mila" in found.xml
    assert found.boxes == ()
