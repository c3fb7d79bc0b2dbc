"""From observations to what is drawn: bars with a begin and an end, and single moments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from harness.domain.facts import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    CaptureGap,
    CaptureVisibility,
    Connection,
    ControlMade,
    DeviceConditions,
    Exchange,
    InstrumentFailure,
    ProxyStarted,
    ProxyStopped,
    RecoveryTried,
    Screen,
    StepEnded,
)
from harness.domain.observation import Observation
from harness.reporting import words
from harness.reporting.run_record import Try


class Lane(StrEnum):
    """Who saw it, from the person downwards."""

    STEP = "Steps"
    REQUEST = "Requests"
    PHONE = "Phone"
    PROXY = "Recorder"
    CONTROL = "Comparisons"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the clock. `begun` = `ended` for a moment; monotonic seconds of the host."""

    lane: Lane
    label: str
    begun: float
    ended: float
    bad: bool
    ref: str = ""  # observation id
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot; path within the run folder."""

    at: float
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Marks:
    """All of a try."""

    marks: tuple[Mark, ...] = ()
    shots: tuple[Shot, ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()  # the recorder was down
    failure: float | None = None  # the moment of failure
    named: frozenset[str] = field(default=frozenset())  # ids that the verdict rests on


def marks_of(record: Try) -> Marks:
    """Everything with a time, in order of begin."""
    found: list[Mark] = []
    for seen in (*record.steps, *record.exchanges, *record.connections, *record.events):
        mark = _mark(seen)
        if mark is not None:
            found.append(mark)
    last = max((mark.ended for mark in found), default=0.0)
    gaps = [
        (seen.facts.begun, seen.facts.ended if seen.facts.ended is not None else last)
        for seen in record.events
        if isinstance(seen.facts, CaptureGap)
    ]
    verdict = record.verdict
    named = frozenset(ref for item in verdict.evidence for ref in item.refs)
    return Marks(
        tuple(sorted(found, key=lambda mark: (mark.begun, -mark.ended))),
        tuple(_shots(record.steps)),
        tuple(gaps),
        _failure(record),
        named,
    )


def _mark(seen: Observation) -> Mark | None:
    facts = seen.facts
    if isinstance(facts, StepEnded):
        said = facts.message if not facts.ok else ""
        return Mark(Lane.STEP, facts.title, facts.begun, seen.mono, not facts.ok, seen.id, said)
    if isinstance(facts, Exchange):
        return _exchange(seen, facts)
    if isinstance(facts, Connection):
        return _connection(seen, facts)
    if isinstance(facts, ControlMade):
        return _control(seen, facts)
    return _event(seen)


def _exchange(seen: Observation, facts: Exchange) -> Mark:
    ended = facts.ended if facts.ended is not None else seen.mono
    refused = facts.envelope is not None and facts.envelope.refuses
    bad = facts.error is not None or (facts.status or 0) >= 400 or refused
    answer = facts.error or (f"{facts.status}" if facts.status else "no answer yet")
    label = f"{facts.method} {facts.path} → {answer}" + _refusal(facts)
    detail = f"{facts.method} {facts.host}{facts.path}"
    return Mark(Lane.REQUEST, label, facts.begun, ended, bad, seen.id, detail)


def _refusal(facts: Exchange) -> str:
    if facts.envelope is None or not facts.envelope.refuses:
        return ""
    return f" (code {facts.envelope.code})" if facts.envelope.code is not None else " (refused)"


def _connection(seen: Observation, facts: Connection) -> Mark:
    ended = facts.closed if facts.closed is not None else seen.mono
    wrong = facts.connect_error or facts.server_tls_error or facts.client_tls_error
    if facts.passed_through:
        said = f"{facts.host or 'a host'} (encrypted, {facts.bytes_down:,} bytes came)"
    else:
        said = f"{facts.host or 'a host'}: {wrong or 'nothing was asked'}"
    return Mark(Lane.REQUEST, said, facts.opened, ended, bool(wrong), seen.id, said)


def _control(seen: Observation, facts: ControlMade) -> Mark | None:
    if facts.result == "not_made":
        return None
    begun = seen.mono - (facts.seconds or 0.0)
    bad = facts.result != "ok"
    name = words.control(facts.name).partition(",")[0]
    label = f"{name}: {facts.target}" if facts.target else name
    return Mark(Lane.CONTROL, label, begun, seen.mono, bad, seen.id, facts.statement)


def _event(seen: Observation) -> Mark | None:
    """A moment: of the phone, of the recorder or of another instrument."""
    facts, at = seen.facts, seen.mono
    said: tuple[Lane, str, bool] | None = None
    if isinstance(facts, AppCrash):
        said = (Lane.PHONE, f"the app crashed: {facts.exception}", True)
    elif isinstance(facts, AppNotResponding):
        said = (Lane.PHONE, f"the app hangs: {facts.reason}", True)
    elif isinstance(facts, AppDeath):
        said = (Lane.PHONE, f"the app ended: {facts.reason}", facts.reason not in {"user", "other"})
    elif isinstance(facts, DeviceConditions):
        trouble = _trouble(facts)
        said = (Lane.PHONE, trouble or "the phone was looked at: in order", bool(trouble))
    elif isinstance(facts, CaptureGap):
        what = "the phone's way to the recorder" if facts.broken == "way" else "the recorder"
        said = (Lane.PROXY, f"{what} was down: {facts.reason}", True)
    elif isinstance(facts, CaptureVisibility):
        said = (Lane.PROXY, f"test request of the phone: {facts.canary.replace('_', ' ')}", False)
    elif isinstance(facts, ProxyStarted):
        said = (Lane.PROXY, "the recorder started", False)
    elif isinstance(facts, ProxyStopped):
        said = (Lane.PROXY, "the recorder stopped", False)
    elif isinstance(facts, InstrumentFailure):
        what = f"{facts.instrument} failed: {facts.action}"
        said = (Lane.PROXY, what, not facts.recovered)
    elif isinstance(facts, RecoveryTried):
        what = f"{facts.trouble}: {facts.rung}, {facts.result.replace('_', ' ')}"
        said = (Lane.PROXY, what, facts.result in {"failed", "given_up"})
    if said is None:
        return None
    lane, label, bad = said
    return Mark(lane, label, at, at, bad, seen.id)


def _trouble(facts: DeviceConditions) -> str:
    """What is out of order on the phone, "" for nothing."""
    found = [
        text
        for text, applies in (
            ("airplane mode", facts.airplane),
            ("no network", facts.network is False),
            ("no internet", facts.validated is False),
            ("a sign-in page of the network", facts.captive_portal),
            ("storage full", facts.free_bytes is not None and facts.free_bytes < 50_000_000),
            ("memory low", facts.memory_low),
            ("clock wrong", abs(facts.clock_offset or 0) > 120),
        )
        if applies
    ]
    return ", ".join(found)


def _shots(steps: Iterable[Observation]) -> Iterable[Shot]:
    for seen in steps:
        facts = seen.facts
        if isinstance(facts, StepEnded) and facts.screenshot:
            yield Shot(seen.mono, facts.screenshot, facts.title)


def _failure(record: Try) -> float | None:
    """When it failed: the last look at the screen in the failed step, else the step's end."""
    for seen in record.steps:
        if isinstance(seen.facts, StepEnded) and not seen.facts.ok:
            looks = [
                one.mono
                for one in record.events
                if isinstance(one.facts, Screen) and seen.facts.begun <= one.mono <= seen.mono
            ]
            return max(looks, default=seen.mono)
    return None
