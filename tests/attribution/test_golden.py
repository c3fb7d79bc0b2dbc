"""Golden folders: observations → evidence → verdict, guarded against silent change.

A person reads the diff after `python -m tests.attribution.test_golden`, which writes
them again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harness.adapters.observation_file import decode_line, encode_line
from harness.adapters.verdict_file import document
from harness.attribution.engine import judge_capture, judge_scenario
from harness.domain.observation import Observation
from harness.domain.verdict import Verdict
from tests.attribution.build import GENERIC, PHONE, STARTED, STOPPED, TIKTOK, observe
from tests.attribution.recorded_rows import ROWS
from tests.attribution.truths import TRUTHS

FOLDER = Path(__file__).resolve().parents[1] / "golden"


def _name(text: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in text.lower())


def _scenarios() -> dict[str, list[Observation]]:
    from tests.attribution.build import scenario_lines

    return {
        f"scenario-{_name(name)}": scenario_lines(*facts, **script)
        for name, facts, script, _, _ in TRUTHS
    }


def _captures() -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {}
    for row in ROWS:
        facts = observe(*row.facts)
        end = (facts[-1].mono if facts else 0.0) + 1.0
        lines = observe((0.0, STARTED), *row.facts, (end, STOPPED))
        found.setdefault(f"capture-{row.number:03}-{_name(row.name)}", lines)
    return found


def _judge(lines: list[Observation]) -> Verdict:
    if any(line.scenario for line in lines):
        return judge_scenario(lines, TIKTOK, device=PHONE, app=None, incident=None)
    return judge_capture(lines, GENERIC).whole


def _parts(lines: list[Observation]) -> tuple[list[Any], dict[str, Any]]:
    """(evidence, verdict) as plain JSON values; versions of the table stay out."""
    whole = document([_judge(lines)], [])["verdicts"][0]
    plain: dict[str, Any] = json.loads(json.dumps(whole))
    plain.pop("rules_version")
    evidence = plain.pop("evidence")
    return evidence, plain


def _dump(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _read(folder: Path) -> list[Observation]:
    lines = (folder / "observations.jsonl").read_bytes().splitlines()
    return [decode_line(line) for line in lines]


CASES = sorted(path.name for path in FOLDER.glob("*") if path.is_dir())


@pytest.mark.parametrize("name", CASES)
def test_a_golden_folder_is_judged_as_before(name: str) -> None:
    folder = FOLDER / name
    evidence, verdict = _parts(_read(folder))
    assert evidence == json.loads((folder / "evidence.json").read_bytes())
    assert verdict == json.loads((folder / "verdict.json").read_bytes())


def test_every_case_of_the_tables_has_its_golden_folder() -> None:
    assert set(CASES) == {*_scenarios(), *_captures()}


def rewrite() -> None:
    """Writes every golden folder again and takes away those without a case."""
    cases = {**_scenarios(), **_captures()}
    for name, lines in cases.items():
        folder = FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "observations.jsonl").write_bytes(b"".join(encode_line(line) for line in lines))
        evidence, verdict = _parts(_read(folder))
        (folder / "evidence.json").write_bytes(_dump(evidence))
        (folder / "verdict.json").write_bytes(_dump(verdict))
    for folder in FOLDER.glob("*"):
        if folder.is_dir() and folder.name not in cases:
            for part in folder.iterdir():
                part.unlink()
            folder.rmdir()


if __name__ == "__main__":
    rewrite()
