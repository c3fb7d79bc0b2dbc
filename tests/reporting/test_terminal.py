"""The verdicts in a terminal fit 80 columns and say the sentence, reasons and advice."""

from io import StringIO

from rich.console import Console

from harness.domain.vocabulary import Outcome, Party
from harness.reporting.terminal import MOST_CALLS, print_verdicts
from tests.reporting.records import verdict


def printed(*verdicts: object) -> str:
    stream = StringIO()
    console = Console(file=stream, width=80, color_system=None)
    print_verdicts(console, verdicts, "login-outage")  # type: ignore[arg-type]  # test stand-in
    return stream.getvalue()


def test_a_failure_is_said_in_full() -> None:
    text = printed(verdict())

    for part in ("login", "failed", "server", "95 %", "The log-in service is failing."):
        assert part in text
    assert "• The service answered 503." in text
    assert "⊘ Do not delete the app." in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_what_passed_takes_one_row_only() -> None:
    text = printed(verdict(outcome=Outcome.PASSED, party=Party.NONE, summary="It works."))

    assert "passed" in text
    assert "It works." not in text


def test_markup_in_a_summary_is_text() -> None:
    text = printed(verdict(summary="[red]not markup[/red]"))

    assert "[red]not markup[/red]" in text


def test_calls_of_a_bare_capture_are_rows_and_not_told_twice() -> None:
    whole = verdict(scenario=None, step=None)
    calls = [verdict(scenario=None, step=f"GET a.example/{n}") for n in range(MOST_CALLS + 3)]
    text = printed(whole, *calls)

    assert text.count("The log-in service is failing.") == 1
    assert "GET a.example/0" in text
    assert f"GET a.example/{MOST_CALLS}" not in text
    assert "3 more calls failed" in text
    assert max(len(line) for line in text.splitlines()) <= 80
