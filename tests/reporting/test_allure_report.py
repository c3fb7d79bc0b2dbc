"""Allure's page asks no outside address; categories and context come from the run."""

import base64
import json
import re
from pathlib import Path

import pytest

from harness.domain.vocabulary import Party
from harness.reporting import allure_report
from harness.reporting.allure_history import NAME
from harness.reporting.allure_report import executor_of

TAG = """<head><script   src="data:text/javascript;base64,AAAA"></script>
    <script async src="https://tags.example/gtag/js?id=G-1"></script>
    <script>
        window.dataLayer = window.dataLayer || [];
        gtag('config', 'G-1', {"report": "awesome"});
    </script>
    <script async>window.allureReportDataReady = false;</script></head>"""


def test_the_analytics_tag_is_removed_and_nothing_else() -> None:
    page = allure_report.without_analytics(TAG)

    assert "tags.example" not in page
    assert "dataLayer" not in page
    assert "data:text/javascript;base64,AAAA" in page
    assert "allureReportDataReady" in page


@pytest.mark.parametrize(
    ("element", "asks"),
    [
        ('<script src="https://a.example/x.js">', True),
        ('<link rel="stylesheet" href="//a.example/x.css">', True),
        ("<img src='http://a.example/x.png'>", True),
        ('<a href="https://a.example/">a link asks nothing by itself</a>', False),
        ('<img src="data:image/png;base64,AA">', False),
        ('<script src="app.js">', False),
    ],
)
def test_outside_addresses_are_found(element: str, asks: bool) -> None:
    assert bool(allure_report.outside_addresses(element)) is asks


def test_each_party_has_one_category_that_matches_its_label() -> None:
    rules = [rule["matchers"]["labels"]["party"] for rule in allure_report.categories()]

    for party in set(Party) - {Party.NONE}:
        assert len([rule for rule in rules if re.match(rule, party)]) == 1


def test_the_context_names_tools_phones_and_run(tmp_path: Path) -> None:
    manifest = {
        "run_id": "20260101T000000Z-ab",
        "simulated": True,
        "incident": "login-outage",
        "tools": {"adb": "36.0.0"},
        "devices": [{"name": "sim", "model": "Pixel 8\nx", "api": 34}],
    }

    allure_report.write_context(tmp_path / "allure-results", manifest)

    environment = (tmp_path / "allure-results" / "environment.properties").read_text()
    executor = json.loads((tmp_path / "allure-results" / "executor.json").read_text())
    assert "simulated=True" in environment
    assert "tool.adb=36.0.0" in environment
    assert "phone.sim=Pixel 8 x API 34" in environment
    assert executor["buildName"] == "20260101T000000Z-ab"


def result(results: Path, number: int, *, status: str = "failed", start: int = 1) -> None:
    results.mkdir(parents=True, exist_ok=True)
    content = {
        "name": "Log-in on sim",
        "fullName": "test_log_in#test_log_in",
        "status": status,
        "statusDetails": {"message": "[server] The log-in service is failing."},
        "uuid": f"7d3c4f9e-0000-4000-8000-{number:012}",
        "historyId": "1",
        "testCaseId": "1",
        "start": start,
        "stop": start + 1,
        "labels": [{"name": "party", "value": "server"}, {"name": "rule", "value": "r"}],
    }
    (results / f"{number}-result.json").write_text(json.dumps(content))


def parts(page: str) -> dict[str, str]:
    """The data files inside of a single-file report, by name."""
    found = re.findall(r"d\([\"']([^\"']+)[\"'],[\"']([A-Za-z0-9+/=]*)[\"']", page)
    return {name: base64.b64decode(data).decode("utf-8", "replace") for name, data in found}


@pytest.mark.e2e
def test_the_real_report_is_one_file_that_asks_no_outside_address(tmp_path: Path) -> None:
    result(tmp_path / "allure-results", 1)
    allure_report.write_context(tmp_path / "allure-results", {})

    page = allure_report.build_allure(tmp_path)

    text = page.read_text(encoding="utf-8")
    assert len(text) > 100_000
    assert allure_report.outside_addresses(text) == []
    assert "googletagmanager" not in text
    assert "At fault: the service" in parts(text)["widgets/categories.json"]


@pytest.mark.e2e
def test_the_real_report_knows_retries_and_earlier_runs(tmp_path: Path) -> None:
    first, second = tmp_path / "reports" / "r1", tmp_path / "reports" / "r2"
    result(first / "allure-results", 1)
    result(second / "allure-results", 2, start=100)
    result(second / "allure-results", 3, status="passed", start=200)

    allure_report.build_allure(first)
    allure_report.build_allure(second)
    page = allure_report.build_allure(second)

    data = parts(page.read_text(encoding="utf-8"))
    results = [json.loads(v) for k, v in data.items() if k.startswith("data/test-results/")]
    (shown,) = (one for one in results if one["status"] == "passed")
    assert [one["status"] for one in shown["retries"]] == ["failed"]
    assert [one["status"] for one in shown["history"]] == ["failed"]
    points = (tmp_path / "reports" / NAME).read_text().splitlines()
    assert [json.loads(line)["name"] for line in points] == ["r1", "r2"]


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, {"name": "harness", "type": "local"}),
        (
            {
                "GITHUB_ACTIONS": "true", "GITHUB_WORKFLOW": "nightly", "GITHUB_RUN_ID": "77",
                "GITHUB_RUN_NUMBER": "12", "GITHUB_SERVER_URL": "https://git.test",
                "GITHUB_REPOSITORY": "a/b",
            },
            {
                "name": "nightly", "type": "github", "buildOrder": 12,
                "url": "https://git.test/a/b/actions",
                "buildUrl": "https://git.test/a/b/actions/runs/77",
            },
        ),
        ({"GITHUB_ACTIONS": "true"}, {"name": "harness", "type": "github"}),
    ],
    ids=["local", "github", "github without its address"],
)  # fmt: skip
def test_who_ran_it(environment: dict[str, str], wanted: dict[str, object]) -> None:
    assert executor_of(environment) == wanted
