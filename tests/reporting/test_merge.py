"""Several runs as one: nothing is lost, nothing collides, every link leads somewhere."""

import json
import re
from pathlib import Path

import pytest

from harness.adapters.verdict_file import read_verdicts, write_verdicts
from harness.ports import InstrumentError
from harness.reporting.build import build_reports
from harness.reporting.manifest import read_manifest, write_manifest
from harness.reporting.merge import merge_runs
from tests.reporting.records import verdict, write_observations


def run_folder(folder: Path, *, started: str = "2026-01-01T00:00:00Z", allure: bool = True) -> Path:
    """A run with one failed log-in, its traffic, JUnit and Allure result."""
    inside = folder / "tests" / "sim" / "login" / "try-1"
    inside.mkdir(parents=True)
    (inside / "capture.har").write_text("{}")
    ids = [seen.id for seen in write_observations(folder)]
    write_verdicts(
        folder / "verdicts.json", [verdict((ids[1],), started=started, ended=started)], []
    )
    write_manifest(
        folder,
        {
            "run_id": folder.name, "started": started, "ended": started, "incident": "x",
            "simulated": True, "devices": [{"name": "sim"}], "scenarios": ["login"],
            "tools": {"pytest": "9"}, "problems": [],
        },
    )  # fmt: skip
    suite = (
        f'<testsuites><testsuite name="{folder.name}"><testcase name="t"/></testsuite></testsuites>'
    )
    (folder / "junit.xml").write_text(suite)
    if allure:
        results = folder / "allure-results"
        results.mkdir()
        labels = [{"name": "verdict", "value": "v-1"}]
        links = [{"url": "../index.html#v-v-1", "name": "page"}]
        result = {"uuid": folder.name, "historyId": "1", "labels": labels, "links": links}
        (results / f"{folder.name}-result.json").write_text(json.dumps(result))
    return folder


def test_both_runs_are_on_one_page_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    one = run_folder(tmp_path / "one")
    two = run_folder(tmp_path / "two", started="2026-01-01T00:05:00Z")

    merged = merge_runs([one, two], tmp_path / "out")
    page = build_reports(merged, allure=False).page.read_text(encoding="utf-8")

    assert 'id="v-v-1"' in page
    assert 'id="v-v-1~2"' in page
    links = re.findall(r'href="([^"#]+\.[a-z]+)"', page)
    assert "runs/02-two/tests/sim/login/try-1/capture.har" in links
    assert all((merged / link).is_file() for link in links)
    refs = set(re.findall(r'data-refs="([^"]+)"', page))
    assert all(f'id="{ref}"' in page for group in refs for ref in group.split())


def test_one_outage_over_two_runs_is_one_incident(tmp_path: Path) -> None:
    one = run_folder(tmp_path / "one")
    two = run_folder(tmp_path / "two", started="2026-01-01T00:05:00Z")

    verdicts, incidents = read_verdicts(merge_runs([one, two], tmp_path / "out") / "verdicts.json")

    assert [entry.id for entry in verdicts] == ["v-1", "v-1~2"]
    assert [entry.verdicts for entry in incidents] == [("v-1", "v-1~2")]


def test_manifest_junit_and_allure_hold_both(tmp_path: Path) -> None:
    runs = [run_folder(tmp_path / name) for name in ("one", "two")]

    merged = merge_runs(runs, tmp_path / "out")

    manifest = read_manifest(merged)
    assert [run["run_id"] for run in manifest["merged_runs"]] == ["one", "two"]
    assert manifest["simulated"] is True
    assert (merged / "junit.xml").read_text().count("<testsuite ") == 2
    results = [json.loads(p.read_text()) for p in sorted((merged / "allure-results").iterdir())]
    assert [entry["labels"][0]["value"] for entry in results] == ["v-1", "v-1~2"]
    assert [entry["links"] for entry in results] == [[], []]


def test_the_runs_stay_as_they_are(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "one")
    before = {p: p.read_bytes() for p in run.rglob("*") if p.is_file()}

    build_reports(merge_runs([run, run], tmp_path / "out"), allure=False)

    assert {p: p.read_bytes() for p in run.rglob("*") if p.is_file()} == before


def test_a_target_in_use_and_a_folder_that_is_no_run_are_refused(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "one")
    with pytest.raises(InstrumentError, match="not empty"):
        merge_runs([run], run)
    (tmp_path / "none").mkdir()
    with pytest.raises(InstrumentError, match=r"no verdicts\.json"):
        merge_runs([tmp_path / "none"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
