"""What `harness accuracy` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.cli.accuracy import document, line_of, print_faults, print_plan, report, write_pictures
from harness.session.accuracy.score import Result
from harness.session.accuracy.trial import Scenario

RESULTS = [
    Result("sim/login/a:login", "server", "failed", "server", "failed", 0.95, "r1", "open"),
    Result("sim/login/b:login", "network", "failed", "server", "failed", 0.92, "r2", "open"),
    Result("retail/login/a:login", "server", "failed", visibility="opaque"),
    Result("retail/login/b:login", "server", "failed", visibility="opaque", trouble="no phone"),
]


def test_open_and_opaque_traffic_apart_and_each_miss_by_name() -> None:
    text = "\n".join(report(RESULTS, 97))
    assert "97 faults known, 4 trials" in text
    assert "right among the decided   50.0% (1 of 2)" in text
    assert "wrong at >= 0.9           1" in text
    assert "opaque traffic: 1 trials, 1 did not work" in text
    assert "sim/login/b:login: wrong; true network/failed, said server/failed 0.92 (r2)" in text
    assert "sim/login/a:login" not in text


def test_all_right_lists_nothing() -> None:
    assert "not right:" not in "\n".join(report(RESULTS[:1], 97))


def test_a_trial_in_one_line() -> None:
    assert "right" in line_of(RESULTS[0])
    assert "open; true server" in line_of(RESULTS[2])
    assert line_of(RESULTS[3]).endswith("did not work: no phone")


def test_for_machines() -> None:
    whole = json.loads(document(RESULTS, 97))
    assert whole["faults"] == 97
    assert whole["parts"]["open"]["right_share"] == 0.5
    assert len(whole["trials"]) == 4


def test_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    print_plan(["a", "b"], 97)
    assert capsys.readouterr().out == "a\nb\n2 trials of 97 faults\n"


def test_each_kind_of_traffic_has_its_picture(tmp_path: Path) -> None:
    written = write_pictures(tmp_path / "new", RESULTS)

    assert [path.name for path in written] == ["matrix-open.svg", "matrix-opaque.svg"]
    assert "Open traffic: 1 of 2 name the true party" in written[0].read_text("utf-8")


TABLE = [
    {"name": "hang", "where": "service", "party": "server", "outcome": "failed",
     "about": "never answers", "scopes": ["login", "feed"]},
    {"name": "feed-reset", "where": "service", "party": "server", "outcome": "failed",
     "about": "feed starts over", "scopes": ["feed"]},
]  # fmt: skip
SCENARIOS = [Scenario("login"), Scenario("reinstall", destructive=True)]


def test_the_faults_by_name_with_what_they_break_and_whose_they_are() -> None:
    hang, reset, count, _ = print_faults(TABLE, SCENARIOS, as_json=False).split("\n")
    assert hang.split() == ["hang", "service", "server/failed", "login", "never", "answers"]
    assert "no scenario" in reset  # said, not hidden: it is in no trial
    assert count == "2 faults: server 2"
    lines = print_faults(TABLE, SCENARIOS, as_json=True).splitlines()
    assert [json.loads(line)["scenarios"] for line in lines] == [["login"], []]
