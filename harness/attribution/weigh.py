"""Weights of candidates: a first doubt, halved by each witness for, doubled by each against."""

from collections.abc import Iterable, Sequence

from harness.domain.verdict import Candidate
from harness.domain.vocabulary import Party

MOST_ALONE = 0.88
"""No single observation makes us surer than this."""

MOST = 0.97
"""Nor do any number of witnesses make us surer than this."""

LEAST = 0.2


def sureness(start: float, supports: int, contradicts: int = 0) -> float:
    """How sure `supports` witnesses for and `contradicts` against leave us."""
    doubt = (1.0 - start) * 0.5**supports * 2.0**contradicts
    most = MOST if supports else MOST_ALONE
    return round(max(LEAST, min(most, 1.0 - doubt)), 3)


def lean(party: Party, sure: float, *rest: Party) -> tuple[Candidate, ...]:
    """`party` with weight `sure`; the others share what is left, the first of them twofold."""
    if not rest:
        return (Candidate(party, 1.0),) if sure >= 1 else _with_unknown(party, sure)
    shares = [2.0, *([1.0] * (len(rest) - 1))]
    left = 1.0 - sure
    found = [Candidate(party, sure)]
    found += [
        Candidate(other, round(left * share / sum(shares), 4))
        for other, share in zip(rest, shares, strict=True)
    ]
    return settled(found)


def _with_unknown(party: Party, sure: float) -> tuple[Candidate, ...]:
    return settled([Candidate(party, sure), Candidate(Party.UNKNOWN, 1.0 - sure)])


def settled(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Heaviest first, weights adding up to exactly 1 in three decimals."""
    ordered = sorted(candidates, key=lambda candidate: -candidate.weight)
    ordered = [entry for entry in ordered if entry.weight > 0]
    total = sum(entry.weight for entry in ordered)
    rounded = [Candidate(entry.party, round(entry.weight / total, 3)) for entry in ordered]
    others = [entry for entry in rounded[1:] if entry.weight > 0]
    rest = round(1.0 - sum(entry.weight for entry in others), 3)
    return (Candidate(rounded[0].party, rest), *others)


def blend(groups: Sequence[tuple[Candidate, ...]]) -> tuple[Candidate, ...]:
    """The mean of several distributions: rivals of equal right."""
    total: dict[Party, float] = {}
    for group in groups:
        for entry in group:
            total[entry.party] = total.get(entry.party, 0.0) + entry.weight / len(groups)
    return settled([Candidate(party, weight) for party, weight in total.items()])
