"""What is kept of a screen: the app's own words, no one else's."""

from __future__ import annotations

import re

import pytest

from harness.adapters.locator_file import load_locators
from harness.adapters.profile_file import load_profile
from harness.redaction.redactor import Redactor
from harness.screens.kept_screen import Kept, private, words_of
from harness.screens.source import PageSource
from tests.screens.test_screens import SYSTEM, node, source

OWN = words_of(load_locators("tiktok"), load_profile("tiktok").texts)
REDACTOR = Redactor(b"k" * 32, known=["hunter2!", "anna.example"])
BOX = "[10,20][110,60]"


def kept(page: PageSource) -> Kept:
    return private(page, own=OWN, clean=REDACTOR.text, tag=REDACTOR.tag)


def in_list(*rows: str, cls: str = "androidx.recyclerview.widget.RecyclerView") -> PageSource:
    inner = node("LinearLayout", inner="".join(rows))
    return source(f'<{cls} package="com.zhiliaoapp.musically" class="{cls}">{inner}</{cls}>')


def texts(page: Kept) -> list[str]:
    return re.findall(r' text="([^"]+)"', page.xml)


def test_notifications_are_not_kept_and_hide_no_part_of_the_picture() -> None:
    note = node("TextView", SYSTEM, text="Anna: call me", content_desc="from Anna", bounds=BOX)

    page = kept(source(note))

    assert page.xml.count("&lt;hidden&gt;") == 2
    assert page.boxes == ()


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ({"text": "letmein", "hint": "Password", "password": "true"}, "&lt;secret&gt;"),
        ({"text": "Password", "hint": "Password", "password": "true"}, None),
        ({"text": "somebody", "hint": "Email or username"}, "&lt;typed&gt;"),
        ({"text": "Email or username"}, None),  # phones before Android 8 have no hint
    ],
    ids=["password", "no password", "name", "hint as text"],
)
def test_what_was_typed_is_not_kept(attributes: dict[str, str], text: str | None) -> None:
    page = kept(source(node("EditText", bounds=BOX, **attributes)))

    assert texts(page) == [text or attributes["text"]]
    assert page.boxes == ((10, 20, 110, 60),) * (text is not None)


def test_known_secrets_and_handles_go_wherever_they_stand() -> None:
    page = kept(
        source(
            node("TextView", text="Welcome back, anna.example", bounds=BOX),
            node("TextView", text="Reply to @some.one_2", content_desc="mail a@example.org"),
        )
    )

    assert "anna" not in page.xml
    assert "some.one" not in page.xml
    assert "example.org" not in page.xml
    assert page.boxes == ((10, 20, 110, 60),)


def test_rows_of_lists_keep_the_apps_own_words_only() -> None:
    rows = [
        node("TextView", text="mila.7f3"),
        node("TextView", text="see you at nine"),
        node("TextView", text="482913"),  # a code that somebody was sent
        node("TextView", text="1.2K"),
        node("TextView", text="97"),
        node("Button", text="Log in"),
    ]

    found = texts(kept(in_list(*rows)))

    assert [text for text in found if not text.startswith("~")] == ["1.2K", "97", "Log in"]
    assert texts(kept(in_list(*rows))) == found  # the same value has the same tag


def test_an_error_with_a_known_meaning_is_kept_in_a_list() -> None:
    text = "No internet connection"

    assert texts(kept(in_list(node("TextView", text=text)))) == [text]


def test_pages_of_a_pager_are_the_apps_own() -> None:
    inner = "androidx.recyclerview.widget.RecyclerView"
    label = node("TextView", text="A new label")
    page = source(
        f'<a class="androidx.viewpager2.widget.ViewPager2"><b class="{inner}">{label}</b></a>'
    )

    assert texts(kept(page)) == ["A new label"]


def test_a_node_without_a_place_gives_no_box() -> None:
    rows = [
        node("TextView", text="mila.7f3", bounds=bounds) for bounds in ("[0,0][0,0]", "nowhere", "")
    ]

    assert kept(in_list(*rows)).boxes == ()
