"""The bridge to the attribution: observations of a try → its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.domain.observation import Observation
from harness.domain.odd_one_out import OddOne
from harness.domain.profile import AppProfile
from harness.domain.verdict import AppLabel, Candidate, DeviceLabel, Incident, Verdict
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility

OWN_ERROR = "own_error"
"""Rule of a verdict that judging could not give; exit code 10."""


def judge(
    observations: Sequence[Observation],
    profile: AppProfile,
    *,
    device: DeviceLabel,
    app: AppLabel | None,
    incident: str | None,
    number: int,
) -> Verdict:
    """An abstaining verdict is one as well; an error in the rules blames the harness."""
    try:
        from harness.attribution.engine import judge_scenario

        verdict = judge_scenario(observations, profile, device=device, app=app, incident=incident)
    except Exception as error:  # noqa: BLE001 - a bug of ours must not cost the other scenarios
        verdict = own_error(observations, error, device=device, app=app, incident=incident)
    return verdict if verdict.try_number == number else replace(verdict, try_number=number)


def own_error(
    observations: Sequence[Observation],
    error: Exception,
    *,
    device: DeviceLabel,
    app: AppLabel | None,
    incident: str | None,
) -> Verdict:
    """The verdict when judging itself failed: nothing is said about anyone else."""
    scenario = next((seen.scenario for seen in observations if seen.scenario is not None), None)
    told = f"Judging failed with {type(error).__name__}: {error}"
    return Verdict(
        id=f"own-error-{device.name}-{scenario}",
        scenario=scenario,
        step=None,
        outcome=Outcome.INCONCLUSIVE,
        party=Party.HARNESS,
        candidates=(Candidate(Party.HARNESS, 1.0),),
        confidence=1.0,
        layer=Layer.HOST,
        rule=OWN_ERROR,
        rules_version="",
        summary=f"The harness could not judge this scenario. {told}",
        advice=("Report this with the run folder; harness diagnose judges it again.",),
        evidence=(),
        conflicts=(),
        controls=(),
        visibility=Visibility.NOT_CAPTURED,
        device=device,
        app=app,
        incident=incident,
    )


def group_incidents(
    verdicts: Sequence[Verdict],
    profile: AppProfile | None = None,
    odd: Sequence[OddOne] = (),
) -> list[Incident]:
    """Failures of one cause as one incident; a phone that fails alone by itself."""
    from harness.attribution.incidents import group_incidents as group

    return group(verdicts, profile, odd={one.phone: str(one) for one in odd})
