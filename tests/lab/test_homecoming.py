"""Files come home by their content, checked; a lost host leaves a run that blames nobody else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from harness.adapters.verdict_file import read_verdicts
from harness.lab.homecoming import LOST_HOST, bring_home, lost_run
from harness.lab.host_job import Artefact, HostResult
from harness.ports import InstrumentError
from harness.reporting.manifest import read_manifest
from harness.reporting.merge import merge_runs
from tests.reporting.test_merge import run_folder

FILES = {"a.txt": b"0123456789", "tests/b.txt": b"0123456789", "c.txt": b""}


def result(**sizes: int) -> HostResult:
    rows = [
        Artefact(path, len(content), hashlib.sha256(content).hexdigest())
        for path, content in FILES.items()
    ]
    return HostResult("job", "h.sim", 0, "", tuple(rows))


def test_every_file_comes_in_pieces_and_the_same_content_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(_job: str, path: str, offset: int) -> bytes:
        asked.append(path)
        return FILES[path][offset : offset + 4]

    assert bring_home(result(), tmp_path / "run", fetch, tmp_path / "store") == []
    for path, content in FILES.items():
        assert (tmp_path / "run" / path).read_bytes() == content
    assert asked == ["a.txt"] * 3


@pytest.mark.parametrize("answer", [b"forged 10b", b""], ids=["other content", "cut"])
def test_what_is_not_as_told_stays_out(tmp_path: Path, answer: bytes) -> None:
    def fetch(_job: str, _path: str, offset: int) -> bytes:
        return answer[offset:]

    problems = bring_home(result(), tmp_path / "run", fetch, tmp_path / "store")

    assert len(problems) == 2
    assert "other content" in problems[0]
    assert not (tmp_path / "run" / "a.txt").exists()


def test_a_host_cannot_write_outside_of_the_run_and_its_errors_are_said(tmp_path: Path) -> None:
    evil = HostResult(
        "job", "h.sim", 0, "", (Artefact("../../evil", 1, "0"), Artefact("x", 1, "0"))
    )

    def fetch(_job: str, _path: str, _offset: int) -> bytes:
        raise InstrumentError("lab", "read x", "gone")

    problems = bring_home(evil, tmp_path / "run", fetch, tmp_path / "store")

    assert "outside of the run" in problems[0]
    assert "gone" in problems[1]
    assert not (tmp_path.parent / "evil").exists()


def test_a_lost_host_is_a_run_that_merges_with_the_others(tmp_path: Path) -> None:
    lost = lost_run(tmp_path / "lost", "b.sim", ["login"], "its host is gone", incident=None)
    good = run_folder(tmp_path / "good")

    merged = merge_runs([good, lost], tmp_path / "out")

    verdicts, _ = read_verdicts(merged / "verdicts.json")
    (one,) = [verdict for verdict in verdicts if verdict.rule == LOST_HOST]
    assert (one.outcome.value, one.party.value, one.device and one.device.name) == (
        "inconclusive", "harness", "b.sim",
    )  # fmt: skip
    assert read_manifest(merged)["problems"] == ["phone b.sim: its host is gone"]
