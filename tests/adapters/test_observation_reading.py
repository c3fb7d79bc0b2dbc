"""Reading folders, whole and damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.adapters.observation_reading import LONGEST_LINE, raw_lines
from harness.domain.facts.capture import ProxyHeartbeat
from harness.domain.facts.scenario import StepBegun


def write(path: Path, monos: list[float], source: str = "proxy") -> None:
    times = iter(monos)
    with ObservationWriter(
        path, source=source, host="lab", device="a", monotonic=lambda: next(times)
    ) as writer:
        for mono in monos:
            writer.write("proxy.heartbeat", ProxyHeartbeat(mono))


def test_files_of_a_folder_are_interleaved_by_time(tmp_path: Path) -> None:
    write(tmp_path / "observations.jsonl", [1.0, 4.0])
    write(tmp_path / "observations.d" / "adb.jsonl", [2.0, 3.0])
    reading = read_observations(tmp_path)
    assert [item.mono for item in reading] == [1.0, 2.0, 3.0, 4.0]
    assert (reading.count, reading.damaged) == (4, 0)


def test_damage_is_counted_described_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "observations.jsonl"
    write(path, [1.0, 2.0])
    whole = path.read_bytes()
    path.write_bytes(b"garbage\n" + whole + b"\n" + whole[: len(whole) // 3])
    reading = read_observations(path)
    assert [item.mono for item in reading] == [1.0, 2.0]
    assert reading.damaged == 2
    assert [str(item).partition(": ")[0] for item in reading.damage] == [
        "observations.jsonl:1",
        "observations.jsonl:5",
    ]
    assert len(list(reading)) == 2
    assert reading.damaged == 2, "a second pass counts anew"


def test_steps_of_an_interrupted_run_are_filled_without_a_merge(tmp_path: Path) -> None:
    times = iter([1.5])
    with ObservationWriter(
        tmp_path / "observations.d" / "s.jsonl",
        source="scenario",
        host="lab",
        device="a",
        monotonic=lambda: next(times),
    ) as scenario:
        scenario.write("step.begun", StepBegun("x"), scenario="log-in", step="submit")
    write(tmp_path / "observations.d" / "proxy.jsonl", [1.0, 2.0])
    reading = read_observations(tmp_path)
    assert [item.kind for item in reading.of_kinds(["step.begun"])] == ["step.begun"]
    assert list(reading.of_kinds(["app.package"])) == []
    for _ in range(2):  # after a look that met the marks, and without one
        assert [item.step for item in reading if item.source == "proxy"] == [None, "submit"]


def test_an_overlong_line_is_one_damaged_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"x" * (LONGEST_LINE * 2 + 5) + b"\nend\n")
    assert [number for number, _ in raw_lines(path)] == [1, 2]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"observations\.jsonl"):
        read_observations(tmp_path)
