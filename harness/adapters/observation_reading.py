"""Reads the observations of a run or capture folder: everything that can be used of it.

Damage never raises: a cut tail, a bad seal, garbage and lines of a later version are
counted and described, the rest is read. Memory stays bounded: files are streamed and
interleaved by time.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.observation_line import ObservationLineError, decode_line
from harness.adapters.observation_windows import MARKS, Windows
from harness.domain.observation import Observation

MERGED = "observations.jsonl"
PARTS = "observations.d"
LONGEST_LINE = 4 * 1024 * 1024
"""Bytes; a longer line is damage (our own lines stay far below)."""
_DESCRIBED = 200
_BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that could not be used: file, 1-based line number and why."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


class Reading:
    """Iterate over it once or more; `damage` and `damaged` describe the last pass."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files
        self.damage: list[Damage] = []
        """The first 200 damaged lines of the last pass."""
        self.damaged = 0
        """How many lines of the last pass could not be used."""
        self.count = 0
        """How many observations the last pass gave so far."""
        self._marks: list[Observation] | None = None  # met by a look that went before

    def __iter__(self) -> Iterator[Observation]:
        self.damage, self.damaged, self.count = [], 0, 0
        marks, self._marks = self._marks, None  # for this pass only: a file may grow
        windows = Windows(self._rare(MARKS) if marks is None else marks)
        streams = [self._decoded(file) for file in self.files]
        # One file is in order already, and merging costs time for each line.
        merged = heapq.merge(*streams, key=lambda item: item.mono)
        for observation in streams[0] if len(streams) == 1 else merged:
            self.count += 1
            yield windows.place(observation)

    def of_kinds(self, kinds: Collection[str]) -> Iterator[Observation]:
        """Those of a few rare kinds only, file by file; the other lines are not decoded.

        The marks of windows are met on the way and kept for the pass that comes next.
        """
        marks: list[Observation] = []
        for observation in self._rare({*kinds, *MARKS}):
            if observation.kind in MARKS:
                marks.append(observation)
            if observation.kind in kinds:
                yield observation
        self._marks = marks

    def _rare(self, kinds: Collection[str]) -> Iterator[Observation]:
        for file in self.files:
            for line in _lines_of_kinds(file, kinds):
                try:
                    observation = decode_line(line)
                except ObservationLineError:
                    continue  # the main pass describes it
                if observation.kind in kinds:
                    yield observation

    def _decoded(self, file: Path) -> Iterator[Observation]:
        for number, line in raw_lines(file):
            try:
                yield decode_line(line)
            except ObservationLineError as error:
                self.damaged += 1
                if len(self.damage) < _DESCRIBED:
                    self.damage.append(Damage(file.name, number, str(error)))


def _lines_of_kinds(file: Path, kinds: Collection[str]) -> Iterator[bytes]:
    """Lines in which one of these kinds is named, found block by block."""
    names = b"|".join(re.escape(kind.encode()) for kind in sorted(kinds))
    wanted = re.compile(b'"kind":"(?:%s)"' % names)
    with file.open("rb") as source:
        while block := source.read(_BLOCK):
            block += source.readline(LONGEST_LINE)
            done = -1
            for match in wanted.finditer(block):
                if match.start() < done:
                    continue
                begin = block.rfind(b"\n", 0, match.start()) + 1
                end = block.find(b"\n", match.end())
                done = end if end >= 0 else len(block)
                yield block[begin:done]


def raw_lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """(1-based number, bytes) of each line that is not blank; overlong ones come cut."""
    with file.open("rb") as source:
        number = 0
        while line := source.readline(LONGEST_LINE):
            number += 1
            whole = line
            while not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                line = source.readline(LONGEST_LINE)  # skip the rest of an overlong line
            if whole.strip():
                yield number, whole


def observation_files(path: Path) -> list[Path]:
    """The files that hold a folder's observations; a file stands for itself."""
    if path.is_file():
        return [path]
    merged = path / MERGED
    parts = sorted((path / PARTS).glob("*.jsonl"))
    return ([merged] if merged.is_file() else []) + parts


def read_observations(path: Path) -> Reading:
    """The observations of a run folder, a capture folder or one .jsonl file, by time.

    Lines of the proxy get scenario and step by the windows of their phone, whether the
    folder was merged or its run was interrupted. Raises FileNotFoundError where there
    is nothing to read.
    """
    files = observation_files(path)
    if not files:
        raise FileNotFoundError(f"{path}: no {MERGED} and no {PARTS}/*.jsonl")
    return Reading(files)
