"""Logging in: the form, and what came of it."""

from __future__ import annotations

import pytest

from harness.domain.secret import Secret
from harness.pages.log_in import LogInPage
from harness.screens.errors import BlockedError, ElementMissingError
from tests.pages.page_sources import FORM, GATE, OWN, node
from tests.pages.scripted_ui import FakeUi, Notes, Time, hand_on


def test_logging_in_from_sheet_to_profile() -> None:
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui))

    log_in.choose_username_tab()
    log_in.type_user(Secret("anna"))
    log_in.type_password(Secret("hunter2"))
    log_in.submit()
    ui.sources = [FORM, OWN]

    assert log_in.outcome().logged_in
    assert ui.typed == ["anna", "hunter2"]


def test_a_tap_that_may_happen_once_is_ours_when_a_dialog_may_have_taken_it() -> None:
    notes = Notes()
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui, notes))
    log_in.submit()
    dialog = node("Button", text="Not now", clickable="true")
    ui.sources = [FORM.replace("</hierarchy>", dialog + "</hierarchy>"), FORM]

    with pytest.raises(ElementMissingError, match="lies over it, 'not_now'"):
        log_in.outcome(timeout=4.0)

    assert sum("Log in" in xpath for xpath in ui.tapped) == 1
    assert notes.of("ui.missing")


def test_a_dialog_long_after_the_tap_took_nothing() -> None:
    ui, clock = FakeUi(FORM), Time()
    hand = hand_on(ui, clock=clock)
    log_in = LogInPage(hand)
    log_in.submit()
    clock.now += 30.0
    dialog = node("Button", text="Not now", clickable="true")
    ui.sources = [FORM.replace("</hierarchy>", dialog + "</hierarchy>"), FORM]

    assert log_in.outcome(timeout=4.0).message == "nothing happened within 4 s"


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ("No internet connection", "No internet connection"),
        ("Incorrect account or password", "Incorrect account or password"),
        ("", "nothing happened within 45 s"),
    ],
)
def test_what_came_of_a_log_in_that_failed(after: str, message: str) -> None:
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui))
    log_in.submit()
    ui.sources = [FORM.replace("</hierarchy>", node("TextView", text=after) + "</hierarchy>")]

    outcome = log_in.outcome()

    assert (outcome.logged_in, outcome.message) == (False, message)


def test_a_message_that_stood_there_before_is_not_the_outcome() -> None:
    old = FORM.replace("</hierarchy>", node("TextView", text="No internet") + "</hierarchy>")
    log_in = LogInPage(hand_on(FakeUi(old)))
    log_in.submit()

    assert log_in.outcome(timeout=3.0).message == "nothing happened within 3 s"


def test_a_captcha_after_the_tap_blocks() -> None:
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui))
    log_in.submit()
    ui.sources = [GATE]

    with pytest.raises(BlockedError):
        log_in.outcome()


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret("hunter2")

    assert f"{secret} {secret!r}" == "Secret(***) Secret(***)"
    assert secret.reveal() == "hunter2"
