"""Joins the files of a run's writers into one observations.jsonl, ordered by time."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.observation_line import ObservationLineError, decode_line, encode_line
from harness.adapters.observation_reading import (
    MERGED,
    PARTS,
    Damage,
    Reading,
    observation_files,
    raw_lines,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the lines."""

    count: int
    damaged: int
    damage: tuple[Damage, ...]


def merge(folder: Path) -> Merged:
    """Merges observations.d/*.jsonl (and an observations.jsonl that is there already).

    Lines of the proxy get device, scenario and step; each line is sealed anew. Damaged
    lines are kept at the end as they are, so that later readers still report them. The
    parts are removed only after the merged file is safely on disk. Can be repeated.
    """
    files = observation_files(folder)
    reading = Reading(files)
    partial = folder / f"{MERGED}.partial"
    with partial.open("wb") as target:
        for observation in reading:
            target.write(encode_line(observation))
        if reading.damaged:
            for file in files:
                for _, line in raw_lines(file):
                    try:
                        decode_line(line)
                    except ObservationLineError:
                        target.write(line.rstrip(b"\r\n") + b"\n")
        target.flush()
        os.fsync(target.fileno())
    partial.replace(folder / MERGED)
    for part in (folder / PARTS).glob("*.jsonl"):
        part.unlink()
    if (folder / PARTS).is_dir() and not any((folder / PARTS).iterdir()):
        (folder / PARTS).rmdir()
    return Merged(reading.count, reading.damaged, tuple(reading.damage))
