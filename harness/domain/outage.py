"""From repeated looks at scenarios to outages that start, spread and end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.domain.vocabulary import Outcome, Party

type Place = tuple[str, str]
"""(phone, scenario)"""


@dataclass(frozen=True, slots=True)
class Look:
    """What one try of a watched scenario came to. `at` in UTC seconds."""

    at: float
    phone: str
    scenario: str
    outcome: Outcome
    party: Party
    summary: str
    run: str = ""  # run folder

    @property
    def place(self) -> Place:
        """Where it was looked."""
        return (self.phone, self.scenario)


@dataclass(frozen=True, slots=True)
class Outage:
    """Failures of one party at a time. Times in UTC seconds."""

    id: str
    party: Party
    summary: str
    started: float
    last_good: float | None = None  # when the first place that failed was last seen to work
    ended: float | None = None
    failing: tuple[Place, ...] = ()  # now
    touched: tuple[Place, ...] = ()  # ever


class ChangeKind(StrEnum):
    """What is worth telling."""

    STARTED = "started"
    SPREAD = "spread"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to tell; `at` in UTC seconds."""

    kind: ChangeKind
    outage: Outage
    at: float


def follow(
    outages: Iterable[Outage], looks: Iterable[Look], good: Mapping[Place, float]
) -> tuple[list[Outage], list[Change]]:
    """The outages that are or were open, after `looks`; and what is worth telling.

    `good`: when each place was last seen to work, before these looks. A look that settled
    nothing (inconclusive, not run, our own equipment) neither starts nor ends an outage. Where
    another party takes over, the first outage is over, but nothing is told to be back.
    """
    known = {outage.id: outage for outage in outages}
    changes: list[Change] = []
    for look in sorted(looks, key=lambda one: one.at):
        works = look.outcome is Outcome.PASSED
        fails = look.outcome is Outcome.FAILED and look.party is not Party.HARNESS
        if not works and not fails:
            continue
        here = next((o for o in known.values() if o.ended is None and _same(o, look)), None)
        for outage in list(known.values()):
            if look.place in outage.failing and (works or outage is not here):
                known[outage.id] = _leave(outage, look, changes if works else [])
        if fails:
            outage = _enter(here, look, good, changes)
            known[outage.id] = outage
    return list(known.values()), changes


def _same(outage: Outage, look: Look) -> bool:
    """A phone's or an account's trouble is its own; a service's is everybody's."""
    if outage.party is not look.party:
        return False
    own = look.party in {Party.DEVICE, Party.ACCOUNT}
    return not own or any(phone == look.phone for phone, _ in outage.touched)


def _leave(outage: Outage, look: Look, changes: list[Change]) -> Outage:
    left = tuple(place for place in outage.failing if place != look.place)
    outage = replace(outage, failing=left, ended=None if left else look.at)
    if not left:
        changes.append(Change(ChangeKind.ENDED, outage, look.at))
    return outage


def _enter(
    here: Outage | None, look: Look, good: Mapping[Place, float], changes: list[Change]
) -> Outage:
    if here is None:
        outage = Outage(
            f"{look.party}-{look.phone}-{look.scenario}-{int(look.at)}",
            look.party,
            look.summary,
            look.at,
            good.get(look.place),
            None,
            (look.place,),
            (look.place,),
        )
        changes.append(Change(ChangeKind.STARTED, outage, look.at))
        return outage
    failing = here.failing if look.place in here.failing else (*here.failing, look.place)
    touched = here.touched if look.place in here.touched else (*here.touched, look.place)
    outage = replace(here, failing=failing, touched=touched)
    if look.place not in here.touched:
        changes.append(Change(ChangeKind.SPREAD, outage, look.at))
    return outage
