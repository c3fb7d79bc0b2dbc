"""Which phone of several fails far more than its peers, and which factor its failures share.

Exact tests only: numbers here are small. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

LEVEL = 0.05
"""A difference that chance alone gives more often than this is none."""

LEAST_PHONES = 3
"""Of two phones nobody can say which is the odd one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one phone failed where its peers did not, and how often it tried."""

    phone: str
    failed: int
    tried: int


@dataclass(frozen=True, slots=True)
class OddOne:
    """A phone that fails far more than its peers. `p` is corrected for looking at every phone."""

    phone: str
    failed: int
    tried: int
    peers: int  # phones
    peers_failed: int
    peers_tried: int
    p: float

    def __str__(self) -> str:
        return (
            f"{self.phone} failed {self.failed} of {self.tried} where its {self.peers} peers"
            f" failed {self.peers_failed} of {self.peers_tried} (Fisher's exact test,"
            f" p = {self.p:.2g})"
        )


@dataclass(frozen=True, slots=True)
class SharedFactor:
    """A property that phones which failed share and the others lack. `p` is corrected."""

    factor: str  # "app version"
    value: str
    failed: int  # phones with it that failed
    having: int  # phones with it
    others_failed: int
    others: int
    p: float

    def __str__(self) -> str:
        return (
            f"{self.failed} of {self.having} phones with {self.factor} {self.value} failed,"
            f" {self.others_failed} of {self.others} others did (Fisher's exact test,"
            f" p = {self.p:.2g})"
        )


def fisher_greater(failed: int, tried: int, peers_failed: int, peers_tried: int) -> float:
    """How likely chance gives `failed` or more of `tried`, all margins fixed (one-sided, exact).

    >>> round(fisher_greater(4, 4, 0, 8), 5)
    0.00202
    """
    total, failures = tried + peers_tried, failed + peers_failed
    ways = sum(
        comb(tried, count) * comb(peers_tried, failures - count)
        for count in range(failed, min(tried, failures) + 1)
    )
    return ways / comb(total, failures)


def odd_ones(tallies: Sequence[Tally], level: float = LEVEL) -> tuple[OddOne, ...]:
    """The phones that stand out, the clearest first; none where they are not a minority."""
    tried = [tally for tally in tallies if tally.tried]
    if len(tried) < LEAST_PHONES:
        return ()
    found: list[OddOne] = []
    for tally in tried:
        peers = [other for other in tried if other is not tally]
        peers_failed = sum(other.failed for other in peers)
        peers_tried = sum(other.tried for other in peers)
        p = fisher_greater(tally.failed, tally.tried, peers_failed, peers_tried) * len(tried)
        if tally.failed and p <= level:
            found.append(
                OddOne(
                    tally.phone, tally.failed, tally.tried,
                    len(peers), peers_failed, peers_tried, p,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda odd: odd.p)) if 2 * len(found) < len(tried) else ()


def shared_factors(
    phones: Mapping[str, Mapping[str, str]], failed: frozenset[str], level: float = LEVEL
) -> tuple[SharedFactor, ...]:
    """What the phones that failed have in common and the others lack, the clearest first.

    `phones`: for each phone its factors, such as {"app version": "47.0.3"}. A factor that
    is the same on all phones tells nothing.
    """
    pairs = sorted({(name, value) for row in phones.values() for name, value in row.items()})
    asked = [
        (name, value, [phone for phone, row in phones.items() if row.get(name) == value])
        for name, value in pairs
    ]
    asked = [(name, value, having) for name, value, having in asked if len(having) < len(phones)]
    found: list[SharedFactor] = []
    for name, value, having in asked:
        hit, others = len(failed & set(having)), set(phones) - set(having)
        p = fisher_greater(hit, len(having), len(failed & others), len(others)) * len(asked)
        if hit and p <= level:
            found.append(
                SharedFactor(
                    name, value, hit, len(having), len(failed & others), len(others), p
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda shared: shared.p))
