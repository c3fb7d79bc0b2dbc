"""Counts of verdicts against truths: right, decided, confused, calibrated. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SURE = 0.9
"""From this confidence on a wrong verdict is unforgivable."""

BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))


@dataclass(frozen=True, slots=True)
class Result:
    """What was said in one trial. `trouble`: the trial itself did not work; not counted."""

    key: str
    true_party: str
    true_outcome: str
    party: str = "unknown"
    outcome: str = "inconclusive"
    confidence: float = 0.0
    rule: str = ""
    visibility: str = ""
    summary: str = ""
    seconds: float = 0.0
    trouble: str | None = None

    @property
    def decided(self) -> bool:
        """A party was named."""
        return self.party != "unknown"

    @property
    def right(self) -> bool:
        """The true party and outcome; a fault of our own that we got over is right as well."""
        if (self.party, self.outcome) == (self.true_party, self.true_outcome):
            return True
        return self.true_party == "harness" and (self.party, self.outcome) == ("none", "passed")

    @property
    def opaque(self) -> bool:
        """Not all of the traffic in question could be read."""
        return self.visibility != "open"


@dataclass(frozen=True, slots=True)
class Score:
    """The numbers of a set of results; shares are None where nothing was counted."""

    trials: int
    troubled: int
    decided: int
    right: int
    sure_and_wrong: int
    confusion: tuple[tuple[str, str, int], ...]  # (truth, said, count)
    calibration: tuple[tuple[str, int, int], ...]  # (band, decided, right)

    @property
    def right_share(self) -> float | None:
        """Right among the decided."""
        return self.right / self.decided if self.decided else None

    @property
    def decided_share(self) -> float | None:
        """Decided among all that worked."""
        return self.decided / self.trials if self.trials else None


def score(results: Sequence[Result]) -> Score:
    """Trials that did not work are counted apart and nowhere else."""
    valid = [result for result in results if result.trouble is None]
    decided = [result for result in valid if result.decided]
    pairs = Counter((result.true_party, result.party) for result in valid)
    return Score(
        trials=len(valid),
        troubled=len(results) - len(valid),
        decided=len(decided),
        right=sum(result.right for result in decided),
        sure_and_wrong=sum(not r.right and r.confidence >= SURE for r in decided),
        confusion=tuple((truth, said, pairs[truth, said]) for truth, said in sorted(pairs)),
        calibration=tuple(_band(decided, low, high) for low, high in BANDS),
    )


def _band(decided: Sequence[Result], low: float, high: float) -> tuple[str, int, int]:
    inside = [result for result in decided if low <= result.confidence < high]
    return f"{low:.1f}-{min(high, 1.0):.1f}", len(inside), sum(result.right for result in inside)


def by_traffic(results: Sequence[Result]) -> dict[str, Score]:
    """Apart for open and opaque traffic; parts without a result are left out."""
    parts = {
        "open": [result for result in results if not result.opaque],
        "opaque": [result for result in results if result.opaque],
    }
    return {name: score(part) for name, part in parts.items() if part}
