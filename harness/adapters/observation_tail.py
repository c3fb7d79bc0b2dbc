"""Follows an observation file that another process writes."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.observation_line import ObservationLineError, decode_line
from harness.domain.observation import Observation


class Tail:
    """Gives each whole line once; damaged ones are left to the readers at the end."""

    def __init__(self, path: Path) -> None:
        """The file may not be there yet."""
        self._path = path
        self._offset = 0

    def new(self) -> list[Observation]:
        """What was appended since the last call."""
        try:
            with self._path.open("rb") as source:
                source.seek(self._offset)
                data = source.read()
        except FileNotFoundError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        found: list[Observation] = []
        for line in whole.splitlines():
            try:
                found.append(decode_line(line))
            except ObservationLineError:
                continue
        return found
