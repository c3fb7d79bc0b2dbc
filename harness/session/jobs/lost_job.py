"""What is said of scenarios whose process died: nothing about anyone but ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from harness.adapters.observation_file import PARTS, Reading
from harness.attribution.rules_version import RULES_VERSION
from harness.domain.facts import ScenarioBegun
from harness.domain.file_stem import file_stem
from harness.domain.verdict import AppLabel, Candidate, DeviceLabel, Evidence, Verdict
from harness.domain.vocabulary import Layer, Level, Outcome, Party, Visibility

LOST_JOB = "lost_job"
"""Rule of a verdict on a scenario that nobody saw the end of."""


def lost_verdicts(
    run: Path,
    device: DeviceLabel,
    known: Sequence[Verdict],
    why: str,
    *,
    app: AppLabel | None,
    incident: str | None,
) -> list[tuple[Verdict, float]]:
    """For each try that was begun and never judged: its verdict, and its begin (monotonic)."""
    judged = {(verdict.scenario, verdict.try_number) for verdict in known}
    found: list[tuple[Verdict, float]] = []
    for seen in Reading(sorted((run / PARTS).glob(f"{file_stem(device.name)}.*.jsonl"))):
        fact = seen.facts
        if seen.device != device.name or not isinstance(fact, ScenarioBegun):
            continue
        if (seen.scenario, fact.try_number) in judged:
            continue
        evidence = Evidence(Layer.HOST, Level.COUNTED, f"The job of this phone: {why}.", (seen.id,))
        verdict = Verdict(
            id=f"lost-job-{file_stem(device.name)}-{seen.scenario}-{fact.try_number}",
            scenario=seen.scenario,
            step=None,
            outcome=Outcome.INCONCLUSIVE,
            party=Party.HARNESS,
            candidates=(Candidate(Party.HARNESS, 1.0),),
            confidence=1.0,
            layer=Layer.HOST,
            rule=LOST_JOB,
            rules_version=RULES_VERSION,
            summary=f"The harness did not see how this scenario ended: {why}.",
            advice=(
                f"Run: harness reset --device {device.name}",
                "Then run the scenario again; the phone and the app show no fault by this.",
            ),
            evidence=(evidence,),
            conflicts=(),
            controls=(),
            visibility=Visibility.NOT_CAPTURED,
            device=device,
            app=app,
            try_number=fact.try_number,
            started=datetime.fromtimestamp(seen.t, UTC).isoformat(),
            incident=incident,
        )
        found.append((verdict, seen.mono))
    return found
