"""Allure's page asks no outside address; categories and context come from the run."""

import json
import re
from pathlib import Path

import pytest

from harness.domain.vocabulary import Party
from harness.reporting import allure_report

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


def test_each_party_has_one_category_that_matches_its_prefix() -> None:
    rules = allure_report.categories()

    for party in set(Party) - {Party.NONE}:
        message = f"[{party}] The log-in failed.\n\nAssertionError: no profile"
        matching = [rule for rule in rules if re.match(rule["messageRegex"], message)]
        assert len(matching) == 1


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


@pytest.mark.e2e
def test_the_real_report_is_one_file_that_asks_no_outside_address(tmp_path: Path) -> None:
    results = tmp_path / "allure-results"
    results.mkdir()
    result = {
        "name": "Log in",
        "status": "failed",
        "statusDetails": {"message": "[server] The log-in service is failing."},
        "uuid": "7d3c4f9e-0000-4000-8000-000000000001",
        "historyId": "1",
        "start": 1,
        "stop": 2,
        "labels": [{"name": "party", "value": "server"}],
    }
    (results / "one-result.json").write_text(json.dumps(result))
    allure_report.write_context(results, {})

    page = allure_report.build_allure(tmp_path)

    text = page.read_text(encoding="utf-8")
    assert len(text) > 100_000
    assert allure_report.outside_addresses(text) == []
    assert "googletagmanager" not in text
