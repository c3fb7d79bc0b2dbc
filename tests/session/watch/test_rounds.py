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
from harness.session.watch.rounds import Watch, keep_watch, looks_of, trouble_of
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


def test_a_round_that_fails_itself_is_no_outage_and_the_page_says_so(tmp_path: Path) -> None:
    own = replace(
        BROKEN, outcome=Outcome.INCONCLUSIVE, party=Party.HARNESS, summary="Appium had died."
    )
    changes = watched(tmp_path, [[FINE], [own]])

    assert changes == []
    page = (tmp_path / "watch.html").read_text(encoding="utf-8")
    assert "No outage is open" in page
    assert "which says nothing about the app or its service: login on sim: Appium had died." in page


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (RunResult(None, [FINE]), ""),
        (RunResult(None, [BROKEN]), ""),
        (RunResult(None, []), "no scenario was run"),
        (RunResult(None, [], unsuitable=["phone 'a' is absent"]), "phone 'a' is absent"),
    ],
)
def test_what_a_round_could_not_settle(result: RunResult, told: str) -> None:
    assert trouble_of(result) == told


def test_folders_of_rounds_in_which_nothing_changed_go(tmp_path: Path) -> None:
    said: list[str] = []
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
        (folder / "manifest.json").write_text("{}")
    rounds = iter(zip(folders, ([FINE], [FINE], [BROKEN]), strict=True))
    history = LookHistory(tmp_path / "w.sqlite")
    keep_watch(
        Watch(
            run=lambda: RunResult(*next(rounds)), history=history, page=tmp_path / "watch.html",
            every=0.0, told=lambda _change: None, rounds=3, said=said.append,
        ),
        threading.Event(),
    )  # fmt: skip
    history.close()
    assert [folder.name for folder in folders if folder.exists()] == ["three"]
    assert said == []
