"""What runs now: one row a phone and scenario, plain lines for logs, 80 columns."""

from io import StringIO

import pytest
from rich.console import Console

from harness.domain.vocabulary import Outcome, Party
from harness.reporting.progress import MOST_ROWS, Progress, said
from tests.reporting.records import HOSTILE, verdict


class Clock:
    """Moves when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def drawn(progress: Progress) -> str:
    stream = StringIO()
    Console(file=stream, width=80, color_system=None).print(progress.table())
    return stream.getvalue()


def test_lines_say_begin_failure_and_verdict_but_not_each_step_done() -> None:
    lines: list[str] = []
    clock = Clock()
    progress = Progress(lines.append, clock)

    progress.step("sim", "login", "open the app", "begun")
    progress.step("sim", "login", "open the app", "done")
    progress.step("sim", "login", "submit", "failed")
    clock.now = 7.0
    progress.over(verdict())

    assert lines == [
        "sim login: open the app …",
        "sim login: submit ✗",
        "sim login: failed, server, 95 % (7 s)",
    ]


def test_the_table_shows_what_runs_and_what_came_of_it() -> None:
    clock = Clock()
    progress = Progress(clock=clock)
    progress.step("sim", "login", "open the app", "begun")
    progress.over(verdict())
    progress.step("sim-2", "followers", "read the list", "begun")
    clock.now = 3.0

    text = drawn(progress)

    assert "failed, server, 95 %" in text
    assert "read the list" in text
    assert "3 s" in text


def test_a_second_try_begins_anew() -> None:
    progress = Progress(clock=Clock())
    progress.over(verdict())
    progress.step("sim", "login", "open the app", "begun")

    assert "failed, server" not in drawn(progress)
    assert "open the app" in drawn(progress)


def test_many_phones_and_hostile_names_fit_80_columns() -> None:
    progress = Progress(clock=Clock())
    for number in range(40):
        progress.step(f"phone-with-a-long-name-{number}", HOSTILE * 5, "x" * 500, "begun")

    lines = drawn(progress).splitlines()

    assert max(map(len, lines)) <= 80
    assert len(lines) <= MOST_ROWS + 4


@pytest.mark.parametrize(
    ("outcome", "party", "words"),
    [
        (Outcome.PASSED, Party.NONE, "passed"),
        (Outcome.FAILED, Party.SERVER, "failed, server, 95 %"),
    ],
)
def test_said(outcome: Outcome, party: Party, words: str) -> None:
    assert said(verdict(outcome=outcome, party=party)) == words
