"""The measuring command, with the experiments themselves taken out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.faultlab import experiment, measure
from tests.faultlab.certificates import Authorities
from tests.faultlab.fault import Fault
from tests.faultlab.faults import FAULTS
from tests.faultlab.row_result import RowResult, result_of

SEEN = next(fault for fault in FAULTS if not fault.held_out)
HIDDEN = next(fault for fault in FAULTS if fault.held_out)


def wrong(fault: Fault) -> RowResult:
    return result_of(fault, party="device", outcome="failed", confidence=0.95, rule="some-rule")


def test_held_out_rows_are_left_out_unless_they_are_asked_for() -> None:
    assert {fault.held_out for fault in measure.chosen(False, [])} == {False}
    assert len(measure.chosen(True, [])) == len(FAULTS)
    assert measure.chosen(False, [SEEN.name]) == [SEEN]


def test_held_out_rows_are_counted_and_never_named() -> None:
    results = [wrong(SEEN), wrong(HIDDEN)]
    text = "\n".join(measure.report_lines(results))

    assert f"{SEEN.name}: true" in text
    assert HIDDEN.name not in text
    assert "held out: 1 rows" in text
    assert HIDDEN.name not in json.dumps(measure.document(results))


def test_a_failed_experiment_is_no_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*_: object) -> dict[str, Any]:
        raise experiment.LabError("mitmdump did not start")

    monkeypatch.setattr(measure, "run", fails)
    result = measure.attempt(SEEN, Authorities(tmp_path))

    assert result.trouble == "LabError: mitmdump did not start"
    assert not result.wrong
    assert "mitmdump did not start" in measure.row_line(result)


def test_the_command_prints_json_and_says_whether_the_lab_worked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verdict: dict[str, Any] = {
        "party": SEEN.party,
        "outcome": SEEN.outcome,
        "confidence": 0.9,
        "rule": "r",
        "summary": "s",
        "candidates": [],
    }

    def judges(*_: object) -> dict[str, Any]:
        return {"verdicts": [verdict]}

    monkeypatch.setattr(measure, "run", judges)

    assert measure.main(["--only", SEEN.name, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["rows"][0]["name"] == SEEN.name
    assert document["parts"][f"draw_{SEEN.draw}_{SEEN.visibility}"]["right"] == 1


def test_an_unknown_name_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure.main(["--only", "imaginary"]) == 2
    assert "imaginary" in capsys.readouterr().err


def test_kept_captures_are_judged_again_without_playing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    played: list[str] = []

    def record(fault: Fault, _: object, folder: Path) -> None:
        played.append(fault.name)
        folder.mkdir()

    def judge(folder: Path, profile: str | None) -> dict[str, Any]:
        return {"at": str(folder)}

    monkeypatch.setattr(experiment, "record", record)
    monkeypatch.setattr(experiment, "diagnose", judge)
    authorities = Authorities(tmp_path)

    first = experiment.run(SEEN, authorities, tmp_path / "kept")
    second = experiment.run(SEEN, authorities, tmp_path / "kept")

    assert played == [SEEN.name]
    assert first == second == {"at": str(tmp_path / "kept" / SEEN.name)}


def test_a_kept_held_out_capture_has_a_name_that_says_nothing(tmp_path: Path) -> None:
    place = experiment.place(HIDDEN, tmp_path)

    assert place.parent == tmp_path / "held_out"
    assert HIDDEN.name not in place.name
