"""What comes up in front of any page: dialogs, gates, pages that nobody knows."""

from __future__ import annotations

import pytest

from harness.domain.facts.screen import Screen
from harness.screens.errors import BlockedError, ElementMissingError
from tests.pages.page_sources import FEED, FORM, GATE, TABS, UNKNOWN, node, page
from tests.pages.scripted_ui import FakeUi, Notes, hand_on


def test_first_run_dialogs_are_answered_on_the_way() -> None:
    asks = page(TABS, node("Button", text="Not now", clickable="true"))
    ui = FakeUi(asks, FEED)

    hand_on(ui).find("feed", "profile_tab")

    assert "Not now" in ui.tapped[0]


def test_a_page_that_nobody_knows_is_ours_to_learn() -> None:
    notes = Notes()

    with pytest.raises(ElementMissingError, match=r"feed or own_profile.*'Meet boards'"):
        hand_on(FakeUi(page(UNKNOWN)), notes).wait_for(("own_profile", "feed"), timeout=2.0)

    assert notes.of("ui.missing")


@pytest.mark.parametrize(
    "shown",
    [
        page(node("FrameLayout")),  # blank: the app's own failure
        page(node("ProgressBar")),
        page(node("TextView", text="No internet connection")),
        page(node("TextView", text="Apps", package="com.android.launcher")),
        FORM,
    ],
)
def test_waiting_for_a_page_in_vain_is_no_finding_of_ours(shown: str) -> None:
    assert hand_on(FakeUi(shown)).wait_for(("own_profile",), timeout=2.0) is None


def test_a_dialog_that_always_comes_back_is_left_alone() -> None:
    asks = page(TABS, node("Button", text="Not now", clickable="true"))
    ui = FakeUi(asks)
    hand = hand_on(ui)

    hand.find("feed", "profile_tab")
    hand.find("feed", "profile_tab")

    assert len(ui.tapped) == 3


@pytest.mark.parametrize(
    ("text", "verb"),
    [("TikTok keeps stopping", "crashed"), ("TikTok isn't responding", "does not respond")],
)
def test_the_systems_word_on_the_app_is_a_claim_about_the_product(text: str, verb: str) -> None:
    notes = Notes()
    dialog = page(node("TextView", package="android", text=text))

    with pytest.raises(AssertionError, match=f"TikTok {verb}"):
        hand_on(FakeUi(dialog), notes).find("feed", "home_tab")

    (screen,) = notes.of("ui.screen")
    assert isinstance(screen, Screen)
    assert screen.system_dialog in ("crash", "anr")


def test_a_gate_ends_it_at_once_and_is_never_solved() -> None:
    notes, ui = Notes(), FakeUi(GATE)

    with pytest.raises(BlockedError) as caught:
        hand_on(ui, notes).find("feed", "home_tab")

    assert caught.value.reason == "captcha"
    assert not ui.tapped
    assert notes.of("ui.screen")


def test_a_person_at_the_phone_may_answer_it() -> None:
    hand_on(FakeUi(GATE, GATE, FEED), attended=True).find("feed", "home_tab")
    with pytest.raises(BlockedError, match="nobody answered"):
        hand_on(FakeUi(GATE), attended=True).find("feed", "home_tab")
