"""Finding one element and tapping it, also where a dialog may take the tap."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from harness.domain.facts.screen import LocatorMatch, LocatorMissing
from harness.domain.secret import Secret
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError, ElementMissingError
from tests.pages.page_sources import APP, ASKS, FEED, FORM, GATE, OWN, START, UNKNOWN, node, page
from tests.pages.scripted_ui import FakeUi, Notes, hand_on


def test_it_waits_until_the_element_is_there() -> None:
    ui = FakeUi(START, START, FEED)

    hand_on(ui).tap("feed", "profile_tab")

    assert "Profile" in ui.tapped[0]


def test_a_missing_element_is_told_with_everything_that_was_tried() -> None:
    notes = Notes()

    with pytest.raises(ElementMissingError, match="'password' of page 'log_in_form'"):
        hand_on(FakeUi(FEED), notes).find("log_in_form", "password", timeout=2.0)

    (missing,) = notes.of("ui.missing")
    assert isinstance(missing, LocatorMissing)
    assert missing.waited >= 2.0
    assert missing.extra == {"front": APP, "page": "feed"}
    assert len(missing.tried) == 2
    assert notes.of("ui.screen")


def test_a_fallback_that_matched_is_a_finding_once() -> None:
    notes = Notes()
    only_text = page(node("TextView", text="Profile", clickable="true"))
    hand = hand_on(FakeUi(only_text), notes)

    hand.find("feed", "profile_tab")
    hand.find("feed", "profile_tab")

    (drift,) = notes.of("ui.locator")
    assert isinstance(drift, LocatorMatch)
    assert drift.matched.startswith("text 'Profile'")
    assert len(drift.died) == 1


def test_what_moved_away_is_looked_for_once_more() -> None:
    ui = FakeUi(FEED)
    gone = iter([True, False])

    def vanish(_xpath: str) -> None:
        if next(gone):
            raise ElementGoneError("stale")

    ui.on_tap = vanish
    hand_on(ui).tap("feed", "profile_tab")
    assert len(ui.tapped) == 2

    def always(_xpath: str) -> None:
        raise ElementGoneError("stale")

    ui.on_tap = always
    with pytest.raises(ElementMissingError):
        hand_on(ui).tap("feed", "profile_tab")


def test_what_something_unknown_lies_over_is_not_tapped() -> None:
    notes = Notes()
    tab = node(
        "FrameLayout", content_desc="Profile", clickable="true", bounds="[800,2200][1000,2350]"
    )
    covered = page(f'<v package="{APP}">{tab}{UNKNOWN}</v>')
    ui = FakeUi(covered)
    hand = hand_on(ui, notes)

    with pytest.raises(ElementMissingError, match="lies over it, 'Meet boards'"):
        hand.tap("feed", "profile_tab", timeout=2.0)

    assert not ui.tapped
    (missing,) = notes.of("ui.missing")
    assert isinstance(missing, LocatorMissing)
    assert missing.extra["covered_by"] == "Meet boards"
    assert hand.find("feed", "profile_tab").matched  # it can still be seen


def test_an_unknown_cover_that_goes_away_is_waited_for() -> None:
    tab = node(
        "FrameLayout", content_desc="Profile", clickable="true", bounds="[800,2200][1000,2350]"
    )
    ui = FakeUi(page(f'<v package="{APP}">{tab}{UNKNOWN}</v>'), page(tab))

    hand_on(ui).tap("feed", "profile_tab")

    assert len(ui.tapped) == 1


def test_a_tap_that_a_dialog_took_is_repeated_once() -> None:
    ui = FakeUi(FEED, ASKS, FEED)
    hand = hand_on(ui)

    hand.tap("feed", "profile_tab")
    hand.find("feed", "home_tab")
    hand.find("feed", "home_tab")

    assert ["Profile" in xpath for xpath in ui.tapped] == [True, False, True]


def test_what_is_gone_after_the_tap_is_not_tapped_again() -> None:
    ui = FakeUi(FORM, ASKS, OWN)
    hand = hand_on(ui)

    hand.tap("log_in_form", "username_tab")
    hand.find("own_profile", "followers_label")

    assert len(ui.tapped) == 2


def test_garbage_from_the_phone_is_an_instruments_failure() -> None:
    with pytest.raises(InstrumentError, match="no XML"):
        hand_on(FakeUi("{oops")).look()


def test_nobody_looks_while_a_secret_is_typed() -> None:
    seen: list[str] = []

    @contextmanager
    def unseen() -> Generator[None]:
        seen.append("away")
        yield
        seen.append("back")

    ui = FakeUi(FORM)
    hand = hand_on(ui, unseen=unseen)
    hand.type("log_in_form", "username", "anna")
    assert seen == []
    hand.type("log_in_form", "password", Secret("hunter2"))
    assert seen == ["away", "back"]
    assert ui.typed == ["anna", "hunter2"]


def test_nobody_looks_while_a_person_answers_a_gate() -> None:
    seen: list[str] = []

    @contextmanager
    def unseen() -> Generator[None]:
        seen.append("away")
        yield
        seen.append("back")

    ui = FakeUi(GATE, GATE, FEED)
    hand_on(ui, attended=True, unseen=unseen).clear_view()
    assert seen == ["away", "back"]
