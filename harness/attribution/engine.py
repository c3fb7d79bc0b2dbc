"""The way in: a verdict on one try of a scenario; captures are judged beside it."""

import re
from collections.abc import Iterable

from harness.attribution.build_deviation import with_build_deviation
from harness.attribution.cascade import judge
from harness.attribution.judge_capture import CaptureJudgement, judge_capture
from harness.attribution.scenario_case import build_case
from harness.attribution.verdict_making import make_verdict
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.domain.verdict import AppLabel, DeviceLabel, Verdict
from harness.domain.vocabulary import Outcome

__all__ = ["CaptureJudgement", "judge_capture", "judge_scenario"]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def judge_scenario(
    observations: Iterable[Observation],
    profile: AppProfile,
    *,
    device: DeviceLabel | None,
    app: AppLabel | None,
    incident: str | None,
) -> Verdict:
    """Judges one try. `observations` are those of the try and, where they bear on it, of
    the capture around it, in any order; the caller tells phones and tries apart."""
    ordered = sorted(observations, key=lambda seen: (seen.mono, seen.id))
    case = build_case(ordered, profile)
    judged = judge(case)
    try_number = case.begun.facts.try_number if case.begun else 1
    phone = device.name if device else next((s.device for s in ordered if s.device), None)
    parts = [part for part in (phone, case.scenario, str(try_number)) if part]
    ended_well = judged.outcome in {Outcome.PASSED, Outcome.NOT_RUN}
    started = case.begun.t if case.begun else (ordered[0].t if ordered else None)
    ended = case.ended.t if case.ended else (ordered[-1].t if ordered else None)
    verdict = make_verdict(
        case,
        judged,
        verdict_id="-".join(_slug(part) for part in parts),
        scenario=case.scenario,
        step=None if ended_well else case.step,
        device=device,
        app=app,
        try_number=try_number,
        started=started,
        ended=ended,
        incident=incident,
    )
    return with_build_deviation(verdict, ordered)
