"""Merging the writers' files."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.observation_file import ObservationWriter, merge, read_observations
from harness.domain.facts.capture import ProxyHeartbeat
from harness.domain.facts.scenario import StepBegun


def _write(path: Path, source: str, mono: float, step: str | None = None) -> None:
    with ObservationWriter(
        path, source=source, host="lab", device="a", monotonic=lambda: mono
    ) as writer:
        if step is None:
            writer.write("proxy.heartbeat", ProxyHeartbeat(0.0))
        else:
            writer.write("step.begun", StepBegun(step), scenario="log-in", step=step)


def test_merge_orders_fills_seals_and_clears_the_parts(tmp_path: Path) -> None:
    parts = tmp_path / "observations.d"
    _write(parts / "proxy.jsonl", "proxy", 3.0)
    _write(parts / "scenario.jsonl", "scenario", 2.0, step="submit")
    merged = merge(tmp_path)
    assert (merged.count, merged.damaged) == (2, 0)
    assert not parts.exists()
    reading = read_observations(tmp_path)
    assert [(item.source, item.step) for item in reading] == [
        ("scenario", "submit"),
        ("proxy", "submit"),
    ]
    assert reading.damaged == 0


def test_merge_can_be_repeated_and_takes_what_is_merged_already(tmp_path: Path) -> None:
    _write(tmp_path / "observations.jsonl", "proxy", 1.0)
    merge(tmp_path)
    before = (tmp_path / "observations.jsonl").read_bytes()
    assert merge(tmp_path).count == 1
    assert (tmp_path / "observations.jsonl").read_bytes() == before


def test_damage_survives_the_merge_and_is_reported_by_later_readers(tmp_path: Path) -> None:
    part = tmp_path / "observations.d" / "proxy.jsonl"
    _write(part, "proxy", 1.0)
    part.write_bytes(part.read_bytes() + b'{"id":"cut')
    assert merge(tmp_path).damaged == 1
    reading = read_observations(tmp_path)
    assert len(list(reading)) == 1
    assert reading.damaged == 1
