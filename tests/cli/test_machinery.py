"""`harness accuracy --machinery`: plan, table, exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from harness.cli.app import run
from harness.session.machinery import measure
from harness.session.machinery.ending import Ending, Said
from harness.session.machinery.trial import MachineTrial


@pytest.fixture
def blamed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Faults for which the server is blamed; all others pass."""
    wrong: list[str] = []

    def fake(
        wanted: Sequence[MachineTrial],
        folder: Path,
        *,
        tell: Callable[[Ending], None],
        seconds: float,
    ) -> list[Ending]:
        endings: list[Ending] = []
        for trial in wanted[:1] if seconds < 60 else wanted:
            party = "server" if trial.fault in wrong else "none"
            said = Said(trial.scenario, "failed" if trial.fault in wrong else "passed", party, "r")
            ending = Ending(trial.key, trial.fault, 0, (said,), 9.0, facts=5, facts_before=2)
            endings.append(ending)
            tell(ending)
        return endings

    monkeypatch.setattr(measure, "measure_machinery", fake)
    return wrong


def test_the_plan_plays_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["accuracy", "--machinery", "--plan", "--only", "sigkill"]) == 0

    assert capsys.readouterr().out.endswith("3 trials\n")


def test_a_table_of_what_each_fault_ended_as(
    blamed: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["accuracy", "--machinery", "--out", str(tmp_path), "--only", "appium-killed"]
    assert run(words) == 0
    out, err = capsys.readouterr()
    assert "appium-killed" in out
    assert "3 passed (longest 9 s)" in out
    assert "[3/3]" in err

    assert run([*words, "--minutes", "0.5"]) == 0
    assert "2 trials are left; the same command goes on there" in capsys.readouterr().err

    blamed.append("appium-killed")
    assert run([*words, "--sample", "1"]) == 10
    assert "server is blamed" in capsys.readouterr().out


def test_the_same_as_json(
    blamed: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blamed.append("sigint")
    words = ["accuracy", "--machinery", "--json", "--out", str(tmp_path), "--only", "sigint"]

    assert run(words) == 10
    rows = json.loads(capsys.readouterr().out)["endings"]
    assert {row["fault"] for row in rows} == {"sigint"}
    assert all(row["wrong"] for row in rows)


def test_an_unknown_fault_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["accuracy", "--machinery", "--plan", "--only", "moon"]) == 2
    assert "there are: proxy-killed" in capsys.readouterr().err
