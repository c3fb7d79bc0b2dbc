"""The traffic of a try, a scenario or a single step as HAR, with the party of its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.har import export_har
from harness.adapters.observation_file import read_observations
from harness.adapters.verdict_file import read_verdicts
from harness.domain.observation import Observation
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a run; None = all."""

    step: str | None = None  # title or a part of it
    scenario: str | None = None
    device: str | None = None

    def fits(self, seen: Observation) -> bool:
        """The observation belongs to that part."""
        if self.step is not None and self.step.lower() not in (seen.step or "").lower():
            return False
        return self.scenario in (None, seen.scenario) and self.device in (None, seen.device)


def parties_of(verdicts: Iterable[Verdict]) -> dict[str, str]:
    """Observation id → party of the verdict that counted it as evidence."""
    return {
        ref: str(verdict.party)
        for verdict in verdicts
        for item in verdict.evidence
        if item.level == Level.COUNTED
        for ref in item.refs
    }


def export_part(run: Path, path: Path, wanted: Wanted) -> int:
    """Writes the HAR of a part of a run folder and returns the number of entries.

    Raises OSError or ValueError for a folder that cannot be read.
    """
    file = run / "verdicts.json"
    verdicts = read_verdicts(file)[0] if file.exists() else []
    seen = [item for item in read_observations(run) if wanted.fits(item)]
    dumps = sorted(run.rglob("capture.mitm"))
    return export_har(seen, path, mitm=dumps, parties=parties_of(verdicts))
