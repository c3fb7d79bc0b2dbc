"""A watch remembers over rounds, tells changes once, draws its page and stops when told."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.look_history import LookHistory
from harness.domain.outage import Change
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome, Party
from harness.session.run_scenarios import RunResult
from harness.session.watch.rounds import Watch, keep_watch, looks_of
from tests.reporting.records import HOSTILE, verdict

BROKEN = verdict(ended="2026-01-01T00:00:00Z")
FINE = replace(BROKEN, outcome=Outcome.PASSED, party=Party.NONE, ended="2026-01-01T01:00:00Z")


def watched(
    folder: Path, rounds: list[list[Verdict]], stop: threading.Event | None = None
) -> list[Change]:
    """One watch over `rounds` verdicts; its changes."""
    changes: list[Change] = []
    left = iter(rounds)
    history = LookHistory(folder / "w.sqlite")
    watch = Watch(
        run=lambda: RunResult(folder / "run", list(next(left))),
        history=history,
        page=folder / "watch.html",
        every=0.0,
        told=changes.append,
        rounds=len(rounds),
        clock=lambda: 1767225600.0,
    )
    keep_watch(watch, stop or threading.Event())
    history.close()
    return changes


def test_start_and_end_are_told_once_even_over_a_restart(tmp_path: Path) -> None:
    first = watched(tmp_path, [[BROKEN], [BROKEN]])
    second = watched(tmp_path, [[BROKEN], [FINE], [FINE]])

    assert [change.kind for change in first] == ["started"]
    assert [change.kind for change in second] == ["ended"]
    page = (tmp_path / "watch.html").read_text(encoding="utf-8")
    assert "No outage is open" in page
    assert "back since" in page


def test_the_page_leads_with_what_is_out_and_nothing_hostile_runs(tmp_path: Path) -> None:
    watched(tmp_path, [[replace(BROKEN, summary=HOSTILE)]])

    page = (tmp_path / "watch.html").read_text(encoding="utf-8")

    assert 'http-equiv="refresh"' in page
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "\u202e" not in page


def test_it_stops_when_told(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()

    assert len(watched(tmp_path, [[BROKEN], [FINE]], stop)) == 1


@pytest.mark.parametrize("ended", [None, "no time"])
def test_a_verdict_without_a_time_was_looked_at_now(ended: str | None) -> None:
    (look,) = looks_of([replace(BROKEN, ended=ended)], None, 5.0)

    assert (look.at, look.run) == (5.0, "")
    assert looks_of([replace(BROKEN, scenario=None)], None, 5.0) == []
