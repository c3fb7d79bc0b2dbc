"""A result of another build than asked for is flagged: in evidence and notes, never in its
outcome."""

from collections.abc import Iterable
from dataclasses import replace

from harness.domain.facts.build import BuildDeviation
from harness.domain.observation import Observation
from harness.domain.verdict import Evidence, Verdict
from harness.domain.vocabulary import Layer, Level

FLAG = "This result is for another build of the app than was asked for."


def with_build_deviation(verdict: Verdict, observations: Iterable[Observation]) -> Verdict:
    """The verdict with what the try's own `app.deviation` lines say; else as it is."""
    found = [
        Evidence(Layer.DEVICE, Level.COUNTED, statement, (seen.id,))
        for seen in observations
        if isinstance(seen.facts, BuildDeviation) and seen.scenario == verdict.scenario
        for statement in seen.facts.statements
    ]
    if not found:
        return verdict
    told = " ".join(dict.fromkeys(one.statement for one in found))
    return replace(
        verdict,
        evidence=(*verdict.evidence, *found),
        notes=(*verdict.notes, f"{FLAG} {told}"),
    )
