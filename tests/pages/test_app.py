"""The app as a whole: opening it, going to a tab."""

from __future__ import annotations

import pytest

from harness.pages.app import App
from tests.pages.page_sources import FEED, FORM, OWN, START
from tests.pages.scripted_ui import FakeUi, hand_on


def test_opening_waits_over_the_start_picture() -> None:
    ui, started = FakeUi(START, START, FEED), list[str]()

    class Icon:
        def start(self) -> None:
            started.append("start")

        def stop(self) -> None:
            started.append("stop")

    App(hand_on(ui), Icon()).open()
    assert started == ["stop", "start"]
    with pytest.raises(AssertionError, match="shows no page 30 s after its start"):
        App(hand_on(FakeUi(START)), Icon()).open()


def test_going_to_the_profile_from_a_page_without_tabs_goes_back_first() -> None:
    class Icon:
        def start(self) -> None: ...
        def stop(self) -> None: ...

    ui = FakeUi(FORM, OWN)

    assert App(hand_on(ui), Icon()).profile().logged_in
    assert ui.tapped[0] == "back"
