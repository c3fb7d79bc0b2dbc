"""The HAR of a step, with the party of the verdict that rests on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.adapters.observation_file import MERGED, ObservationWriter
from harness.adapters.verdict_file import write_verdicts
from harness.cli.app import run as command
from harness.domain.verdict import Candidate, Evidence, Verdict
from harness.domain.vocabulary import Layer, Level, Outcome, Party, Visibility
from harness.session.har_export import Wanted, export_part, parties_of
from tests.adapters.test_har import exchange


def verdict(*refs: str, level: Level = Level.COUNTED) -> Verdict:
    return Verdict(
        id="v", scenario="login", step="submit log-in", outcome=Outcome.FAILED,
        party=Party.SERVER, candidates=(Candidate(Party.SERVER, 1.0),), confidence=0.9,
        layer=Layer.HTTP, rule="http_server_error", rules_version="1", summary="It failed.",
        advice=(), evidence=(Evidence(Layer.HTTP, level, "503", refs),), conflicts=(),
        controls=(), visibility=Visibility.OPEN,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ObservationWriter(
        tmp_path / MERGED, source="proxy", host="h", device="pixel", prefix="p"
    ) as log:
        for number, step in enumerate(("open the app", "submit log-in", None)):
            facts = exchange(flow=f"f{number}", path=f"/{number}", status=503)
            log.write("exchange", facts, scenario="login", step=step)
    write_verdicts(tmp_path / "verdicts.json", [verdict("p-2")], [])
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "paths"),
    [
        (Wanted(), ["/0", "/1", "/2"]),
        (Wanted(step="SUBMIT"), ["/1"]),
        (Wanted(scenario="login", device="pixel"), ["/0", "/1", "/2"]),
        (Wanted(scenario="followers"), []),
        (Wanted(device="other"), []),
    ],
    ids=str,
)
def test_a_part_of_a_run(folder: Path, wanted: Wanted, paths: list[str]) -> None:
    target = folder / "part.har"

    assert export_part(folder, target, wanted) == len(paths)

    made = json.loads(target.read_text())["log"]["entries"]
    assert sorted(entry["request"]["url"].rpartition("/")[2] for entry in made) == [
        path.strip("/") for path in paths
    ]
    assert {entry["_observation"]: entry.get("_party") for entry in made}.get("p-2") == (
        "server" if "/1" in paths else None
    )


def test_only_what_was_counted_has_a_party() -> None:
    assert parties_of([verdict("a", "b")]) == {"a": "server", "b": "server"}
    assert parties_of([verdict("a", level=Level.DISCARDED)]) == {}


def test_as_it_is_typed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "step.har"
    words = ["report", str(folder), "--har", str(target)]

    assert command([*words, "--step", "submit"]) == 0
    assert "1 entries" in capsys.readouterr().out
    assert command([*words, "--step", "nothing of that name"]) == 3
    (folder / "verdicts.json").write_text("{}")
    assert command(words) == 2
    assert "no verdicts document" in capsys.readouterr().err
