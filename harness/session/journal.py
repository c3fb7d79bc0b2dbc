"""Where one phone's instruments write: a file per source, stamped with scenario and step."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

from harness.adapters.observation_file import PARTS, ObservationWriter
from harness.domain.facts import Facts
from harness.domain.facts.control import InstrumentFailure
from harness.domain.file_stem import file_stem
from harness.domain.observation import Observation
from harness.ports import InstrumentError

SOURCES = ("adb", "appium", "scenario", "control", "harness")


class SourceLog:
    """The ObservationLog of one source; knows the scenario and step that run now."""

    def __init__(self, journal: Journal, writer: ObservationWriter) -> None:
        self._journal = journal
        self._writer = writer
        self.written: Counter[str] = Counter()
        """Lines by kind."""

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        """Implements ports.ObservationLog."""
        now = self._journal
        written = self._writer.write(
            kind, facts, scenario=scenario or now.scenario, step=step or now.step
        )
        self.written[kind] += 1
        return written

    def close(self) -> None:
        """Closes the file."""
        self._writer.close()


class Journal:
    """All logs of one phone in one run."""

    def __init__(self, run_folder: Path, device: str, host: str) -> None:
        self.scenario: str | None = None
        self.step: str | None = None
        self._lock = threading.Lock()
        stem = file_stem(device)
        self._logs = {
            source: SourceLog(
                self,
                ObservationWriter(
                    run_folder / PARTS / f"{stem}.{source}.jsonl",
                    source=source,
                    host=host,
                    device=device,
                ),
            )
            for source in SOURCES
        }
        self.proxy_file = run_folder / PARTS / f"{stem}.proxy.jsonl"
        self.adb_file = run_folder / PARTS / f"{stem}.adb.jsonl"

    def log(self, source: str) -> SourceLog:
        """The log of one of SOURCES."""
        return self._logs[source]

    def failed(self, error: InstrumentError, *, recovered: bool = False) -> None:
        """Writes down that one of our instruments failed."""
        fact = InstrumentFailure(
            error.instrument, error.action, error.detail, recovered, error.cause
        )
        self.log("harness").write("instrument.failed", fact)

    def close(self) -> None:
        """Closes all files."""
        for log in self._logs.values():
            log.close()
