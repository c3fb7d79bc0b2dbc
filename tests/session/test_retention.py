"""Old runs go, everything else stays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.adapters.verdict_file import write_verdicts
from harness.domain.vocabulary import Outcome, Party
from harness.ports import InstrumentError
from harness.session.retention import old_runs, parse_age, remove
from tests.reporting.records import verdict

DAY = 86_400
NOW = datetime(2026, 3, 31, tzinfo=UTC).timestamp()
OLD, NEW = "20260101T120000Z-0a1b2c", "20260330T120000Z-0a1b2c"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30d", 30 * DAY),
        ("7", 7 * DAY),
        ("12 h", 43_200),
        ("90m", 5400),
        ("2W", 14 * DAY),
        ("5s", 5),
    ],
)
def test_ages(text: str, seconds: float) -> None:
    assert parse_age(text) == seconds


@pytest.mark.parametrize("text", ["", "d", "-3d", "1.5d", "3 years"])
def test_what_is_no_age_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is no age; use a number"):
        parse_age(text)


def reports(folder: Path) -> Path:
    for name in (OLD, NEW, "my-notes", "20269999T999999Z-0a1b2c"):
        (folder / name / "logs").mkdir(parents=True)
        (folder / name / "logs" / "a.log").write_bytes(b"12345")
    (folder / "latest").symlink_to(OLD)
    (folder / "20260102T120000Z-0a1b2d").symlink_to(folder / "my-notes")
    (folder / "harness-error-20260101T120000-77.log").write_text("trace")
    (folder / "20260103T120000Z-0a1b2c").write_text("a file of that name")
    return folder


def test_only_runs_and_logs_of_ours_that_are_old_are_found(tmp_path: Path) -> None:
    found = old_runs(reports(tmp_path), 30 * DAY, wall=NOW)

    assert [old.path.name for old in found] == [OLD, "harness-error-20260101T120000-77.log"]
    assert [old.size for old in found] == [5, 5]
    assert old_runs(tmp_path, 365 * DAY, wall=NOW) == []
    assert old_runs(tmp_path / "absent", 0, wall=NOW) == []


def test_removing_takes_dead_links_along_and_nothing_else(tmp_path: Path) -> None:
    freed = remove(old_runs(reports(tmp_path), 30 * DAY, wall=NOW))

    assert freed == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "20260102T120000Z-0a1b2d", "20260103T120000Z-0a1b2c", NEW, "20269999T999999Z-0a1b2c",
        "my-notes",
    ]  # fmt: skip


def test_what_cannot_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError("not yours")

    monkeypatch.setattr("shutil.rmtree", refuse)

    with pytest.raises(InstrumentError, match=r"remove .*not yours"):
        remove(old_runs(reports(tmp_path), 30 * DAY, wall=NOW))


def test_runs_that_did_not_pass_are_kept_on_demand(tmp_path: Path) -> None:
    good, bad = tmp_path / OLD, tmp_path / "20260102T120000Z-0a1b2c"
    unread = tmp_path / "20260103T120000Z-0a1b2c"
    for folder in (good, bad, unread):
        folder.mkdir()
    passed = verdict((), outcome=Outcome.PASSED, party=Party.NONE)
    write_verdicts(good / "verdicts.json", [passed], [])
    write_verdicts(bad / "verdicts.json", [passed, verdict(())], [])

    found = old_runs(tmp_path, DAY, passed_only=True, wall=NOW)

    assert [one.path for one in found] == [good]
