"""From what the table says to a verdict that people read."""

from datetime import UTC, datetime

from harness.attribution.attempt import Attempt
from harness.attribution.cascade import Judged
from harness.attribution.case import Case
from harness.attribution.evidence import controls_for, evidence_for
from harness.attribution.known_issues import gated, undecodable
from harness.attribution.rules_version import RULES_VERSION
from harness.attribution.texts import advice_for, undecided
from harness.domain.verdict import AppLabel, DeviceLabel, Verdict
from harness.domain.vocabulary import Layer, Outcome, Party

SURE = 0.7
"""Below this a verdict names the control that would make it surer."""

USUAL_NEXT = "The same step once more, and on a second phone."

_LEANS = {
    Party.SERVER: "The service is at fault",
    Party.CLIENT: "The app itself is at fault",
    Party.NETWORK: "The network is at fault",
    Party.DEVICE: "The phone is at fault",
    Party.ACCOUNT: "It is a matter of the account",
    Party.HARNESS: "Nothing can be said: our own equipment is at fault",
}


def iso(t: float | None) -> str | None:
    """UTC seconds as ISO 8601 with milliseconds."""
    if t is None:
        return None
    return datetime.fromtimestamp(t, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _summary(judged: Judged) -> str:
    rule, match = judged.rule, judged.match
    party = match.party
    if party is Party.UNKNOWN and rule.party is not Party.UNKNOWN:
        named = [entry.party for entry in match.candidates if entry.weight >= 0.15]
        return undecided(match.statement, named)
    if party is Party.UNKNOWN:
        named = [entry.party for entry in match.candidates if entry.weight >= 0.15]
        text = _capital(rule.summary.format_map(match.slots))
        return text if named == [Party.UNKNOWN] else undecided(text, named)
    gate = judged.outcome is Outcome.BLOCKED
    if party is rule.party or gate or rule.id in _ANY_PARTY:
        return _capital(rule.summary.format_map(match.slots))
    return f"{_LEANS[party]}: {match.statement}"


_ANY_PARTY = frozenset({"envelope_code_known", "screen_names_cause"})


def make_verdict(
    case: Case,
    judged: Judged,
    *,
    verdict_id: str,
    scenario: str | None = None,
    step: str | None = None,
    device: DeviceLabel | None = None,
    app: AppLabel | None = None,
    try_number: int = 1,
    started: float | None = None,
    ended: float | None = None,
    incident: str | None = None,
    notes: tuple[str, ...] = (),
) -> Verdict:
    """Fills every field of the contract. `started` and `ended` are UTC seconds."""
    match, rule = judged.match, judged.rule
    party = match.party
    general = rule.id == "capture_empty" or (
        party is Party.NONE and rule.layer is not Layer.STORAGE
    )
    advice = (() if general else match.advice) or advice_for(party, judged.outcome)
    confidence = match.confidence
    control = match.next_control or USUAL_NEXT
    return Verdict(
        id=verdict_id,
        scenario=scenario,
        step=step,
        outcome=judged.outcome,
        party=party,
        candidates=match.candidates,
        confidence=confidence,
        layer=rule.layer,
        rule=rule.id,
        rules_version=RULES_VERSION,
        summary=_summary(judged),
        advice=advice,
        evidence=evidence_for(case, rule, match),
        conflicts=judged.conflicts,
        controls=controls_for(case),
        visibility=case.visibility,
        device=device,
        app=app,
        try_number=try_number,
        started=iso(started),
        ended=iso(ended),
        incident=incident,
        known_issue=gated(case, match.known_issue),
        next_control=control if confidence < SURE or party is Party.UNKNOWN else None,
        notes=tuple(dict.fromkeys([*match.notes, *undecodable(case), *notes])),
    )


def attempt_times(attempt: Attempt, until: float) -> tuple[float, float]:
    """(started, ended) in UTC seconds; the observation was made when it ended."""
    ended = attempt.ended if attempt.ended is not None else until
    return attempt.t - max(0.0, ended - attempt.begun), attempt.t
