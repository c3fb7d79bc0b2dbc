"""The control second_phone: the same scenario on another phone chosen for this run.

Nothing is repeated for it; phones are compared by their own results. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.domain.facts.control import ControlMade
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome, Party

NAME = "second_phone"

_OWN = frozenset({Party.DEVICE, Party.HARNESS})
"""What failed on the other phone for a reason of its own says nothing about this one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The control for one verdict."""

    verdict: Verdict
    control: ControlMade


def _name(verdict: Verdict) -> str:
    return verdict.device.name if verdict.device else "?"


def _told(other: Verdict) -> tuple[str, str] | None:
    """(result, statement), or None where the other phone tells nothing."""
    scenario = (other.scenario or "").replace("_", " ")
    if other.outcome is Outcome.PASSED:
        return "ok", f"On the phone {_name(other)} the scenario {scenario} passed in this run."
    if other.outcome is Outcome.FAILED and other.party not in _OWN:
        return "failed", f"On the phone {_name(other)} the scenario {scenario} failed as well."
    return None


def compare(verdicts: Sequence[Verdict]) -> list[Comparison]:
    """For each verdict that did not pass what the latest try on another phone shows."""
    found: list[Comparison] = []
    for verdict in verdicts:
        if verdict.outcome not in {Outcome.FAILED, Outcome.INCONCLUSIVE}:
            continue
        others = [
            other
            for other in verdicts
            if other.scenario == verdict.scenario and _name(other) != _name(verdict)
        ]
        told = [(other, said) for other in others if (said := _told(other)) is not None]
        if told:
            other, (result, statement) = told[-1]
            found.append(Comparison(verdict, ControlMade(NAME, result, statement, _name(other))))
    return found
