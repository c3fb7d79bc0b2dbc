"""Building the reports: the page and the manifest stand even when Allure fails."""

from pathlib import Path

import pytest

from harness.adapters.verdict_file import write_verdicts
from harness.ports import InstrumentError
from harness.reporting import build
from harness.reporting.manifest import read_manifest
from tests.reporting.records import verdict, write_observations


def run_folder(folder: Path) -> Path:
    ids = [seen.id for seen in write_observations(folder)]
    write_verdicts(folder / "verdicts.json", [verdict((ids[1],))], [])
    return folder


def test_page_and_manifest_are_built_from_the_folder_alone(tmp_path: Path) -> None:
    built = build.build_reports(run_folder(tmp_path))

    assert built.page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert built.allure is None
    listed = {item["path"] for item in read_manifest(tmp_path)["artefacts"]}
    assert {"index.html", "verdicts.json", "observations.jsonl"} <= listed


def test_a_failing_allure_is_a_problem_and_not_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(run: Path) -> Path:
        raise InstrumentError("report", "allure generate", f"exit 1 in {run.name}")

    run = run_folder(tmp_path)
    (run / "allure-results").mkdir()
    monkeypatch.setattr(build, "build_allure", fails)

    built = build.build_reports(run)

    assert built.page.is_file()
    assert len(built.problems) == 1
    assert "allure generate: exit 1" in built.problems[0]
