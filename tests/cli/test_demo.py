"""What the demo says of an act, and when it did its job."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from harness.adapters.verdict_file import write_verdicts
from harness.cli.acts import Act, Played
from harness.cli.demo import PAGES, tell
from tests.reporting.records import verdict

ACT = Act("outage", "Incident: login-outage", "sim", "login-outage")


def told(played: Played) -> tuple[bool, str]:
    screen = Console(file=io.StringIO(), width=200)
    good = tell(screen, played)
    assert isinstance(screen.file, io.StringIO)
    return good, screen.file.getvalue()


@pytest.mark.parametrize(
    ("code", "missing", "good"),
    [(0, (), True), (1, (), True), (20, (), False), (10, (), False), (1, PAGES[1:], False)],
)
def test_findings_are_a_good_end_and_our_own_trouble_is_not(
    tmp_path: Path, code: int, missing: tuple[str, ...], good: bool
) -> None:
    write_verdicts(tmp_path / "verdicts.json", [verdict()], [])
    (tmp_path / "allure-report").mkdir()
    for page in set(PAGES) - set(missing):
        (tmp_path / page).touch()
    assert told(Played(ACT, tmp_path, code, "")) == (good, told(Played(ACT, tmp_path, 0, ""))[1])


def test_a_run_without_a_report_is_told_with_its_last_words(tmp_path: Path) -> None:
    good, text = told(Played(ACT, None, 18, "harness: phone 'sim' is absent"))
    assert not good
    assert "exit code 18" in text
    assert "phone 'sim' is absent" in text
    assert not told(Played(ACT, tmp_path, 0, ""))[0]
