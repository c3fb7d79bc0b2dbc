"""A ledger that hosts of a lab share: entries travel, each counts once, one run is one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.domain.profile import Limits
from harness.session.ledger import RUN, Ledger, account_key, joined, learn, told

ANNA = account_key("anna")


def ledger(folder: Path, run: str = "host-run", now: float = 1000.0) -> Ledger:
    folder.mkdir(exist_ok=True)
    return Ledger(folder, run, Limits(), wall=lambda: now)


def test_two_hosts_have_one_log_in_for_a_run_of_the_lab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUN, "lab-run")
    here, there = tmp_path / "here", tmp_path / "there"
    assert ledger(here, "a").take_try("anna") is None
    assert ledger(there, "b").refusal("anna") is None  # it has not been told yet

    learn(there, told(here, [ANNA]))

    assert "has used its 1 log-in" in (ledger(there, "b").take_try("anna") or "")
    monkeypatch.setenv(RUN, "next-run")
    assert ledger(there, "c").refusal("anna") is None


def test_a_rate_limit_holds_on_the_other_host(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    ledger(here).note_rate_limit("anna")
    ledger(there)

    learn(there, told(here, [ANNA, account_key("ben")]))

    assert "wait 29 more minutes" in (ledger(there, now=1060.0).refusal("Anna") or "")
    assert ledger(there, now=1060.0).refusal("ben") is None


def test_only_what_was_asked_for_is_told(tmp_path: Path) -> None:
    one = ledger(tmp_path)
    for name in ("anna", "ben"):
        one.take_try(name)

    assert list(told(tmp_path, [ANNA])) == [ANNA]
    assert told(tmp_path, [account_key("carl")]) == {}


def test_an_entry_counts_once_and_the_newest_are_kept() -> None:
    rows = [{"t": float(t), "run": "r", "kind": "try"} for t in range(250)]

    both = joined({ANNA: rows[:150]}, {ANNA: rows[100:]}, {"x": []})

    assert both == {ANNA: rows[50:], "x": []}


def test_nothing_to_learn_writes_nothing(tmp_path: Path) -> None:
    learn(tmp_path, {ANNA: []})
    assert not list(tmp_path.iterdir())
