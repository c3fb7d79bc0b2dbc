"""One row of the lab and what the harness said of it, counted as any trial is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from harness.session.accuracy.score import Result
from tests.faultlab.fault import Fault


@dataclass(frozen=True, slots=True)
class RowResult(Result):
    """A bare capture shows no more than that nothing failed: our own fault that it does not
    show is not got over."""

    fault: Fault = field(kw_only=True)


def result_of(fault: Fault, **said: Any) -> RowResult:
    """`said`: fields of Result."""
    return RowResult(
        fault.name,
        fault.party,
        fault.outcome,
        visibility=fault.visibility,
        separable=fault.separable,
        got_over=False,
        fault=fault,
        **said,
    )


def read_verdict(fault: Fault, document: dict[str, Any], seconds: float = 0.0) -> RowResult:
    """The document's first verdict: the capture as a whole. Raises KeyError."""
    verdict: dict[str, Any] = document["verdicts"][0]
    return result_of(
        fault,
        party=verdict["party"],
        outcome=verdict["outcome"],
        confidence=float(verdict["confidence"]),
        rule=str(verdict["rule"]),
        summary=str(verdict["summary"]),
        candidates=tuple(entry["party"] for entry in verdict["candidates"]),
        seconds=seconds,
    )
