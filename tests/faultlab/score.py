"""Counts how often the verdicts were right. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.faultlab.fault import Fault

SURE = 0.9
"""From this confidence on a wrong verdict is unforgivable."""


@dataclass(frozen=True, slots=True)
class Result:
    """One row and what the harness said of it; `trouble`: the experiment itself failed."""

    fault: Fault
    party: str = "unknown"
    outcome: str = "inconclusive"
    confidence: float = 0.0
    rule: str = ""
    summary: str = ""
    candidates: tuple[str, ...] = ()
    seconds: float = 0.0
    trouble: str | None = None

    @property
    def decided(self) -> bool:
        """A party was named."""
        return self.party != "unknown"

    @property
    def right(self) -> bool:
        """Decided, with the true party and the true outcome."""
        truth = (self.fault.party, self.fault.outcome)
        return self.decided and (self.party, self.outcome) == truth

    @property
    def wrong(self) -> bool:
        """Decided, and not right."""
        return self.decided and not self.right

    @property
    def fair(self) -> bool:
        """Abstained where that was due, with the truth among the candidates."""
        return not self.decided and not self.fault.separable and self.fault.party in self.candidates


def read_verdict(fault: Fault, document: dict[str, Any], seconds: float = 0.0) -> Result:
    """The document's first verdict: the capture as a whole. Raises KeyError."""
    verdict: dict[str, Any] = document["verdicts"][0]
    return Result(
        fault,
        verdict["party"],
        verdict["outcome"],
        float(verdict["confidence"]),
        str(verdict["rule"]),
        str(verdict["summary"]),
        tuple(entry["party"] for entry in verdict["candidates"]),
        seconds,
    )


@dataclass(frozen=True, slots=True)
class Score:
    """The numbers of a set of results. Shares are None where they would divide by zero."""

    rows: int
    troubled: int
    decided: int
    right: int
    separable: int
    decided_separable: int
    abstaining_due: int
    abstained_fairly: int
    sure_and_wrong: int

    @property
    def right_share(self) -> float | None:
        """Right among the decided."""
        return self.right / self.decided if self.decided else None

    @property
    def decided_share(self) -> float | None:
        """Decided among those that the evidence can separate."""
        return self.decided_separable / self.separable if self.separable else None


def score(results: Iterable[Result]) -> Score:
    """Experiments that failed by themselves are counted apart and nowhere else."""
    everything = list(results)
    valid = [result for result in everything if result.trouble is None]
    separable = [result for result in valid if result.fault.separable]
    return Score(
        rows=len(valid),
        troubled=len(everything) - len(valid),
        decided=sum(result.decided for result in valid),
        right=sum(result.right for result in valid),
        separable=len(separable),
        decided_separable=sum(result.decided for result in separable),
        abstaining_due=len(valid) - len(separable),
        abstained_fairly=sum(result.fair for result in valid),
        sure_and_wrong=sum(result.wrong and result.confidence >= SURE for result in valid),
    )


def confusion(results: Iterable[Result]) -> Counter[tuple[str, str]]:
    """How often a true party was taken for which."""
    return Counter(
        (result.fault.party, result.party) for result in results if result.trouble is None
    )


def matrix(counts: Counter[tuple[str, str]]) -> list[str]:
    """The confusion matrix as lines of text; rows are the truth."""
    said = sorted({party for _, party in counts})
    truths = sorted({party for party, _ in counts})
    lines = ["truth \\ said ".ljust(13) + "".join(party.rjust(9) for party in said)]
    for truth in truths:
        cells = "".join(str(counts[truth, party] or "·").rjust(9) for party in said)
        lines.append(truth.ljust(13) + cells)
    return lines


def calibration(results: Sequence[Result]) -> list[tuple[str, int, int]]:
    """(confidence band, decided, right) in steps that a reader can judge."""
    bands = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
    table: list[tuple[str, int, int]] = []
    for low, high in bands:
        inside = [
            result
            for result in results
            if result.trouble is None and result.decided and low <= result.confidence < high
        ]
        name = f"{low:.1f}-{min(high, 1.0):.1f}"
        table.append((name, len(inside), sum(result.right for result in inside)))
    return table
