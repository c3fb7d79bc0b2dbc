"""Writes observations, one sealed line each; the way into the whole file format.

Reading, decoding and merging are in the files beside this one and can be imported
from here.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.adapters.observation_line import (
    DamagedLineError,
    ObservationLineError,
    UnknownKindError,
    UnknownVersionError,
    decode_line,
    encode_line,
)
from harness.adapters.observation_merge import Merged, merge
from harness.adapters.observation_reading import MERGED, PARTS, Damage, Reading, read_observations
from harness.domain.facts import Facts
from harness.domain.observation import Observation
from harness.ports import InstrumentError

__all__ = [
    "MERGED",
    "PARTS",
    "Damage",
    "DamagedLineError",
    "Merged",
    "ObservationLineError",
    "ObservationWriter",
    "Reading",
    "UnknownKindError",
    "UnknownVersionError",
    "decode_line",
    "encode_line",
    "merge",
    "read_observations",
]


class ObservationWriter:
    """Appends to one file that no one else writes. Safe to use from several threads.

    `prefix` starts every id and must be unique in a run; without it, one is drawn, so
    that a writer that was started again on the same file never repeats an id. Each line
    reaches the operating system before `write` returns.
    """

    def __init__(
        self,
        path: Path,
        *,
        source: str,
        host: str,
        device: str | None = None,
        prefix: str | None = None,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._source = source
        self._host = host
        self._device = device
        self._prefix = prefix or f"{source}-{secrets.token_hex(4)}"
        self._wall = wall
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._count = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._torn = _ends_torn(path)
        self._file = path.open("ab", buffering=0)

    def write(
        self,
        kind: str,
        facts: Facts,
        *,
        scenario: str | None = None,
        step: str | None = None,
    ) -> Observation:
        """Appends one line. Raises InstrumentError("disk", …) when it could not."""
        with self._lock:
            self._count += 1
            observation = Observation(
                id=f"{self._prefix}-{self._count}",
                t=self._wall(),
                mono=self._monotonic(),
                source=self._source,
                host=self._host,
                kind=kind,
                facts=facts,
                device=self._device,
                scenario=scenario,
                step=step,
            )
            self._append(encode_line(observation))
        return observation

    def _append(self, line: bytes) -> None:
        if self._torn:
            line = b"\n" + line
        try:
            written = self._file.write(line)
        except OSError as error:
            raise InstrumentError(
                "disk", f"write {self.path}", str(error), advice="Free space and run again."
            ) from error
        self._torn = written != len(line)
        if self._torn:
            raise InstrumentError(
                "disk",
                f"write {self.path}",
                f"only {written} of {len(line)} bytes were taken",
                advice="Free space and run again.",
            )

    def close(self) -> None:
        """Closes the file; can be repeated."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _ends_torn(path: Path) -> bool:
    """True when a writer before us was killed in the middle of a line."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    with path.open("rb") as source:
        source.seek(-1, 2)
        return source.read(1) != b"\n"
