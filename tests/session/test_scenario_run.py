"""How a try ended, and the locators that it used."""

from __future__ import annotations

import pytest

from harness.domain.facts.scenario import ScenarioEnded
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError
from harness.session.scenario_run import ended, locators_of
from harness.session.steps import NotRunError, error_kind, first_line
from tests.session.traffic import PROFILE


@pytest.mark.parametrize(
    ("error", "kind", "result", "reason"),
    [
        (AssertionError("x"), "assertion", "failed", None),
        (InstrumentError("adb", "a", "b"), "instrument", "broken", "adb"),
        (ElementMissingError("p", "e", (), 1.0), "locator", "broken", "locator"),
        (ElementGoneError("e"), "locator", "broken", "locator"),
        (BlockedError("captcha", "t"), "blocked", "blocked", "captcha"),
        (NotRunError("start_state", "t"), "not_run", "not_run", "start_state"),
        (ValueError("x"), "other", "broken", "script"),
        (KeyboardInterrupt(), "other", "broken", "interrupted"),
    ],
)
def test_how_a_try_ended(error: BaseException, kind: str, result: str, reason: str | None) -> None:
    fact = ended(error, "submit", str)

    assert error_kind(error) == kind
    assert (fact.result, fact.reason, fact.failed_step) == (result, reason, "submit")
    assert ended(None, None, str) == ScenarioEnded("passed")
    assert first_line(error)


def test_locators_come_from_the_profile() -> None:
    assert "log_in_form" in locators_of("tiktok", PROFILE.locators).pages
