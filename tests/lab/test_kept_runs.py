"""A host forgets old runs soon, and which jobs it began much later."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from harness.lab.kept_runs import NOTES_KEPT, RUNS_KEPT, forget_old, notes_folder, runs_folder


def test_runs_go_after_a_day_notes_after_a_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path))
    assert forget_old() == 0
    (runs_folder() / "job" / "tests").mkdir(parents=True)
    (runs_folder() / "job.log").touch()
    notes_folder().mkdir(parents=True)
    (notes_folder() / "job.json").touch()
    now = time.time()

    assert forget_old(wall=now + RUNS_KEPT - 60) == 0
    assert forget_old(wall=now + RUNS_KEPT + 60) == 2
    assert list(runs_folder().iterdir()) == []
    assert len(list(notes_folder().iterdir())) == 1
    assert forget_old(wall=now + NOTES_KEPT + 60) == 1
