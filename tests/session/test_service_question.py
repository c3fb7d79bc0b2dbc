"""The service is asked by a log-in only where one is left, and a failure costs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.domain.facts.screen import ScreenValue
from harness.domain.secret import Secret
from harness.pages.log_in import LogInOutcome
from harness.screens.errors import BlockedError, ElementMissingError
from harness.session.account import Account
from harness.session.service_question import ServiceAnswer, ask_service
from harness.session.steps import NotRunError


class Form:
    def __init__(self, submit: Callable[[], LogInOutcome], done: list[str]) -> None:
        self._submit, self._done = submit, done

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: self._done.append(name)

    def outcome(self) -> LogInOutcome:
        return self._submit()


class Ledger:
    def __init__(self, refusal: str | None, limits: list[str]) -> None:
        self._refusal, self.note_rate_limit = refusal, limits.append

    def refusal(self, account: str) -> str | None:
        return self._refusal


class Scenario:
    """As much of a ScenarioRun as the question uses."""

    def __init__(self, folder: Path, refusal: str | None, account: Account | None) -> None:
        self.done: list[str] = []
        self.limits: list[str] = []
        self.ledger_name = "anna"
        self.ledger = Ledger(refusal, self.limits)
        self.session = SimpleNamespace(
            account=account,
            clean=str,
            journal=SimpleNamespace(proxy_file=folder / "none.jsonl"),
            profile=SimpleNamespace(
                limits=SimpleNamespace(rate_limit_meanings=("rate_limited",)), codes=()
            ),
        )

    def require_log_in(self) -> None:
        self.done.append("log-in taken")


ANNA = Account("anna", Secret("pw"))
COUNTERS = [
    ScreenValue("follower_count", "1.2K", 1200, approximate=True),
    ScreenValue("following_count", "97", 97),
    ScreenValue("likes_count", "5", 5),
    ScreenValue("handle", "@…", None),
]


def ask(
    folder: Path,
    *,
    logged_in: bool = False,
    refusal: str | None = None,
    account: Account | None = ANNA,
    submit: Callable[[], LogInOutcome] = lambda: LogInOutcome(logged_in=True),
    counters: Callable[[], list[ScreenValue]] = lambda: COUNTERS,
) -> tuple[ServiceAnswer, Scenario]:
    made = Scenario(folder, refusal, account)
    page: Any = SimpleNamespace(
        logged_in=logged_in, logged_out=not logged_in, problem="",
        open_log_in=lambda: Form(submit, made.done), counters=counters,
    )  # fmt: skip
    app: Any = SimpleNamespace(profile=lambda: page)
    scenario: Any = made
    return ask_service(app, scenario), made


def fail(error: BaseException) -> Callable[[], LogInOutcome]:
    def raising() -> LogInOutcome:
        raise error

    return raising


def test_a_log_in_is_taken_right_before_it_is_submitted(tmp_path: Path) -> None:
    answer, made = ask(tmp_path)
    told = "logged in again; the service still has the account: 1.2K followers and 97 following"
    assert answer == ServiceAnswer(asked=True, told=told)
    assert made.done[-2:] == ["log-in taken", "submit"]


def test_a_profile_that_does_not_show_is_said_and_no_failure(tmp_path: Path) -> None:
    def missing() -> list[ScreenValue]:
        raise ElementMissingError("own_profile", "followers_count", (), 1.0)

    answer, _ = ask(tmp_path, counters=missing)
    assert answer.asked
    assert answer.told.endswith("the app did not show what the service has")


def test_nobody_logs_in_who_is_logged_in(tmp_path: Path) -> None:
    answer, made = ask(tmp_path, logged_in=True)
    assert answer.asked
    assert made.done == []


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"refusal": "no_log_in_left: this run has used its 1 log-in"}, "has used its 1 log-in"),
        ({"account": None}, "the phone has no account"),
    ],
)
def test_without_a_log_in_left_no_form_is_opened(
    tmp_path: Path, changes: dict[str, Any], due: str
) -> None:
    answer, made = ask(tmp_path, **changes)
    assert not answer.asked
    assert due in answer.told
    assert made.done == []


@pytest.mark.parametrize(
    ("submit", "due", "limited"),
    [
        (lambda: LogInOutcome(False, "Server is busy"), "Server is busy", False),
        (fail(BlockedError("captcha", "a captcha")), "wanted a person: captcha", False),
        (fail(BlockedError("rate_limited", "x")), "wanted a person: rate_limited", True),
        (fail(ElementMissingError("log_in_form", "submit", (), 1.0)), "submit", False),
        (fail(NotRunError("no_log_in_left", "used")), "used", False),
    ],
    ids=["refused", "captcha", "rate limit", "locator", "ledger"],
)
def test_what_fails_is_said_and_costs_nothing_else(
    tmp_path: Path, submit: Callable[[], LogInOutcome], due: str, limited: bool
) -> None:
    answer, made = ask(tmp_path, submit=submit)
    assert not answer.asked
    assert due in answer.told
    assert (made.limits == ["anna"]) is limited
