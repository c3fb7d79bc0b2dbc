"""Names of other people leave neither texts nor places behind."""

from __future__ import annotations

from harness.adapters.locator_file import load_locators
from harness.screens.private import private_paths
from harness.screens.source import PageSource
from tests.pages.test_pages import APP, node, page

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


def test_the_rows_of_a_list_of_people_are_hidden() -> None:
    source = PageSource(PEOPLE)
    paths = private_paths(load_locators("tiktok"), (APP,))

    text = source.redacted(private=paths, tag=lambda text: f"<{len(text)}>")

    assert "Mila" not in text
    assert "mila" not in text
    assert "Follow back" in text
    assert "Followers 12" in text
    assert sorted(source.areas(paths)) == [
        (0, 20, 9, 60),
        (10, 20, 110, 60),
        (10, 60, 110, 90),
    ]


def test_other_pages_are_left_alone() -> None:
    source = PageSource(page(node("RecyclerView", ROW)))
    paths = private_paths(load_locators("tiktok"), (APP,))

    assert "Mila" in source.redacted(private=paths)
    assert source.areas(paths) == []
