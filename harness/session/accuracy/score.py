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
    """What was said in one trial. `trouble`: the trial itself did not work; not counted.

    `separable`: what was to be seen can tell the party at all; else abstaining is due, with
    the truth among the `candidates`. `got_over`: a fault of our own counts as right as well
    where we got over it, because a scenario that passed shows that.
    """

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
    candidates: tuple[str, ...] = ()
    separable: bool = True
    got_over: bool = True

    @property
    def decided(self) -> bool:
        """A party was named."""
        return self.party != "unknown"

    @property
    def right(self) -> bool:
        """Decided, with the true party and outcome, or got over."""
        said = (self.party, self.outcome)
        if said == (self.true_party, self.true_outcome):
            return self.decided
        return self.got_over and self.true_party == "harness" and said == ("none", "passed")

    @property
    def wrong(self) -> bool:
        """Decided, and not right."""
        return self.decided and not self.right

    @property
    def fair(self) -> bool:
        """Abstained where that was due, with the truth among the candidates."""
        due = not self.decided and not self.separable
        return due and self.true_party in self.candidates

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
    separable: int
    decided_separable: int
    abstaining_due: int
    abstained_fairly: int
    confusion: tuple[tuple[str, str, int], ...]  # (truth, said, count)
    calibration: tuple[tuple[str, int, int], ...]  # (band, decided, right)

    @property
    def right_share(self) -> float | None:
        """Right among the decided."""
        return self.right / self.decided if self.decided else None

    @property
    def decided_share(self) -> float | None:
        """Decided among those that could be told."""
        return self.decided_separable / self.separable if self.separable else None


def score(results: Sequence[Result]) -> Score:
    """Trials that did not work are counted apart and nowhere else."""
    valid = [result for result in results if result.trouble is None]
    decided = [result for result in valid if result.decided]
    separable = [result for result in valid if result.separable]
    pairs = Counter((result.true_party, result.party) for result in valid)
    return Score(
        trials=len(valid),
        troubled=len(results) - len(valid),
        decided=len(decided),
        right=sum(result.right for result in decided),
        sure_and_wrong=sum(r.wrong and r.confidence >= SURE for r in decided),
        separable=len(separable),
        decided_separable=sum(result.decided for result in separable),
        abstaining_due=len(valid) - len(separable),
        abstained_fairly=sum(result.fair for result in valid),
        confusion=tuple((truth, said, pairs[truth, said]) for truth, said in sorted(pairs)),
        calibration=tuple(_band(decided, low, high) for low, high in BANDS),
    )


def _band(decided: Sequence[Result], low: float, high: float) -> tuple[str, int, int]:
    inside = [result for result in decided if low <= result.confidence < high]
    return f"{low:.1f}-{min(high, 1.0):.1f}", len(inside), sum(result.right for result in inside)


def matrix(part: Score) -> list[str]:
    """The confusion matrix as lines of text; rows are the truth."""
    said = sorted({entry[1] for entry in part.confusion})
    truths = sorted({entry[0] for entry in part.confusion})
    counts = {(truth, party): count for truth, party, count in part.confusion}
    lines = ["truth \\ said ".ljust(13) + "".join(party.rjust(9) for party in said)]
    for truth in truths:
        cells = "".join(str(counts.get((truth, party), "·")).rjust(9) for party in said)
        lines.append(truth.ljust(13) + cells)
    return lines


def bands(part: Score) -> str:
    """How many of the decided were right, by their confidence."""
    told = [f"{band}: {right}/{count}" for band, count, right in part.calibration if count]
    return ", ".join(told)


def by_traffic(results: Sequence[Result]) -> dict[str, Score]:
    """Apart for open and opaque traffic; parts without a result are left out."""
    parts = {
        "open": [result for result in results if not result.opaque],
        "opaque": [result for result in results if result.opaque],
    }
    return {name: score(part) for name, part in parts.items() if part}
