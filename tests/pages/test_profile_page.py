"""The own profile: who is logged in, counters, the way to log out."""

from __future__ import annotations

import pytest

from harness.domain.facts.screen import ScreenValue
from harness.pages.profile_page import ProfilePage
from tests.pages.page_sources import FEED, LOGGED_OUT, OWN, TABS, node, page
from tests.pages.scripted_ui import FakeUi, hand_on


def test_the_profile_tab_tells_who_is_logged_in() -> None:
    ui = FakeUi(LOGGED_OUT)
    profile = ProfilePage(hand_on(ui)).wait()
    assert (profile.logged_out, profile.logged_in, profile.problem) == (True, False, "")
    profile.open_log_in()
    assert "Log in" in ui.tapped[-1]

    error = page(TABS, node("TextView", text="Something went wrong"))
    broken = ProfilePage(hand_on(FakeUi(error))).wait()
    assert (broken.logged_in, broken.problem) == (False, "Something went wrong")
    assert ProfilePage(hand_on(FakeUi(FEED))).wait().problem == "nothing is shown"


def test_counters_are_read_as_a_person_reads_them() -> None:
    followers, following, likes, handle = ProfilePage(hand_on(FakeUi(OWN))).counters()

    assert followers == ScreenValue("follower_count", "3.8M", 3_800_000, approximate=True)
    assert (following.value, likes.value) == (12, 7)
    assert (handle.text, handle.value) == ("", None), "no element is no missing name"


@pytest.mark.parametrize(("shown", "value"), [("@anna", None), ("@", "")])
def test_a_handle_is_there_or_not_and_never_written_down(shown: str, value: str | None) -> None:
    screen = OWN.replace("</hierarchy>", node("TextView", text=shown) + "</hierarchy>")

    handle = ProfilePage(hand_on(FakeUi(screen))).counters()[-1]

    assert handle.value == value
    assert "anna" not in handle.text


def test_logging_out_goes_through_the_settings() -> None:
    menu = node("ImageView", content_desc="Profile menu", clickable="true")
    entry = node("LinearLayout", content_desc="Settings and privacy", clickable="true")
    out = node("TextView", text="Log out", clickable="true")
    ui = FakeUi(page(TABS, menu, entry, out))

    ProfilePage(hand_on(ui)).log_out()

    assert [("menu" in x, "Settings" in x) for x in ui.tapped[:2]] == [(True, False), (False, True)]
    assert len(ui.tapped) == 4
