"""The history is kept over runs, counts no run twice, and survives a broken line."""

import json
from pathlib import Path

import pytest

from harness.reporting import allure_history
from harness.reporting.allure_history import KEPT, NAME, earlier, history_file, history_of


def point(name: str) -> bytes:
    return json.dumps({"name": name}).encode()


def test_only_runs_in_reports_have_a_history(tmp_path: Path) -> None:
    assert history_file(tmp_path / "reports" / "r1") == tmp_path / "reports" / NAME
    assert history_file(tmp_path / "elsewhere") is None
    with history_of(tmp_path / "elsewhere", "r1") as file:
        assert file is None


def test_a_run_that_is_built_again_is_not_counted_twice() -> None:
    lines = [point("r1"), b"{broken", point("r2"), point("r1")]

    assert earlier(lines, "r1") == [point("r2")]


def test_the_oldest_leave() -> None:
    lines = [point(f"r{i}") for i in range(KEPT + 20)]

    kept = earlier(lines, "new")

    assert len(kept) == KEPT - 1
    assert kept[-1] == lines[-1]


def test_what_allure_appends_is_taken_over(tmp_path: Path) -> None:
    run = tmp_path / "reports" / "r2"
    run.mkdir(parents=True)
    (run.parent / NAME).write_bytes(point("r1") + b"\n")

    with history_of(run, "r2") as file:
        assert file is not None
        file.write_bytes(file.read_bytes() + point("r2") + b"\n")

    assert (run.parent / NAME).read_bytes().splitlines() == [point("r1"), point("r2")]
    assert not (run / NAME).exists()


def test_a_report_that_fails_leaves_the_history_as_it_was(tmp_path: Path) -> None:
    run = tmp_path / "reports" / "r2"
    run.mkdir(parents=True)
    (run.parent / NAME).write_bytes(point("r1") + b"\n")

    def fails() -> None:
        with history_of(run, "r2") as file:
            assert file is not None
            file.write_bytes(b"")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()

    assert (run.parent / NAME).read_bytes() == point("r1") + b"\n"
    assert not (run / NAME).exists()


def test_a_history_that_is_held_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allure_history, "LOCK_SECONDS", 0)
    run = tmp_path / "reports" / "r1"
    run.mkdir(parents=True)

    with history_of(run, "r1"), history_of(run, "r1") as second:
        assert second is None
