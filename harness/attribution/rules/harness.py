"""What our proxy, our clock and our settings spoilt may not be blamed on anyone else."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case, Seen
from harness.attribution.clocks import DAY, clock_agrees, contrary_dates
from harness.attribution.failure_kind import ABANDONED_KINDS, BY_CLOCK_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean
from harness.attribution.witness import capture_off
from harness.attribution.wording import seconds, slots_for
from harness.domain.facts.capture import ProxyHeartbeat
from harness.domain.vocabulary import Layer, Outcome, Party

_STALLABLE = ABANDONED_KINDS | {
    Kind.HTTP_NO_ANSWER,
    Kind.TCP_UNANSWERED,
    Kind.TLS_SERVER_UNANSWERED,
    Kind.TLS_CLIENT_LEFT,
}

_PATIENT_ORIGIN = frozenset(
    {Kind.HTTP_CLOSED_BY_ORIGIN, Kind.HTTP_RESET_BY_ORIGIN, Kind.HTTP_UPLOAD_CUT}
)
"""What an origin or an app does once it has waited for us for seconds; at once it is its own."""

_PATIENCE = 2.0
"""Seconds."""

_OURS = {
    Kind.PROXY_ANSWERED: "a proxy of the kind of ours made the answer up",
    Kind.PROXY_KILLED: "our proxy ended the call itself",
    Kind.PROXY_BUFFERED: "our proxy held back an endless stream",
    Kind.PROXY_PROTOCOL: "our proxy spoke HTTP/1 to an origin that wants HTTP/2",
    Kind.PROXY_BODY_LIMIT: "our proxy has a limit on body sizes",
    Kind.PROXY_CLIENT_CERTIFICATE: "the origin wants a client certificate that our proxy lacks",
    Kind.PROXY_IDLE_TIMEOUT: "our proxy closed an idle connection",
    Kind.PROXY_NO_SOCKET: "this machine let our proxy open no connection",
}


def ours(
    case: Case,
    statement: str,
    refs: tuple[str, ...],
    *,
    sure: float = 0.95,
    issue: str | None = None,
    attempt: Attempt | None = None,
) -> Match:
    """Our own machinery is at fault, and nobody else is looked at."""
    return Match(
        lean(Party.HARNESS, sure),
        statement,
        refs,
        slots_for(case, attempt, what=statement),
        known_issue=issue,
    )


def _held(attempt: Attempt, end: float, beat: Seen[ProxyHeartbeat]) -> tuple[float, float]:
    """(seconds that we stood still in the attempt's time, seconds that it took).

    What came in while we stood still was read, and dated, only when we woke up.
    """
    stall_begun = beat.mono - beat.facts.lag
    waking = stall_begun <= attempt.begun <= beat.mono + 0.5
    begun = stall_begun if waking else attempt.begun
    return min(end + 1.5, beat.mono) - max(begun, stall_begun), end - begun


def _stalled(case: Case) -> Match | None:
    for attempt, failure in case.broken(_STALLABLE | _PATIENT_ORIGIN):
        end = attempt.ended if attempt.ended is not None else case.until
        least = _PATIENCE if failure.kind in _PATIENT_ORIGIN else 0.5
        for seen in case.witnesses.late_beats:
            held, took = _held(attempt, end, seen)
            if held >= max(least, 0.4 * max(took, failure.wait or 0.0)):
                what = f"Our proxy stood still for {seconds(seen.facts.lag)} meanwhile."
                return ours(case, what, (seen.id, attempt.id), sure=0.9, attempt=attempt)
    return None


def _delayed(case: Case) -> Match | None:
    """Answered in the end, but only after our proxy woke up; the app had left by then."""
    for attempt in case.attempts:
        exchange = attempt.exchange
        if attempt.failure is not None or exchange is None or exchange.client_open is not False:
            continue
        for seen in case.witnesses.late_beats:
            end = attempt.ended if attempt.ended is not None else case.until
            overlap = min(end, seen.mono) - max(attempt.begun, seen.mono - seen.facts.lag)
            if overlap >= max(1.0, 0.5 * (attempt.latency or 0.0)) and case.result != "passed":
                what = f"Our proxy stood still for {seconds(seen.facts.lag)}; the app had left."
                return ours(case, what, (seen.id, attempt.id), sure=0.8, attempt=attempt)
    return None


def _held_up(case: Case) -> Match | None:
    """A connection that got nowhere while our proxy stood still."""
    for seen in case.idle:
        closed = seen.facts.closed if seen.facts.closed is not None else seen.mono
        for beat in case.witnesses.late_beats:
            overlap = min(closed + 1.5, beat.mono) - max(
                seen.facts.opened, beat.mono - beat.facts.lag
            )
            if overlap >= 1.0 and case.result != "passed" and not case.failures:
                what = f"Our proxy stood still for {seconds(beat.facts.lag)} meanwhile."
                return ours(case, what, (beat.id, seen.id), sure=0.8)
    return None


def _setting_lost(case: Case) -> Match | None:
    seen = case.conditions
    if seen is None or seen.facts.proxy_expected is None or seen.facts.http_proxy is None:
        return None
    if seen.facts.http_proxy == seen.facts.proxy_expected:
        return None
    shown = seen.facts.http_proxy or "none"
    return ours(case, f"The phone's proxy setting is {shown}, not ours.", (seen.id,), sure=0.9)


def _in_the_way(case: Case) -> Match | None:
    """The same step works without our capture, and fails again with it."""
    if case.result not in {"failed", "broken"} or capture_off(case) != "ok":
        return None
    made = case.controls_named("capture_off")[-1]
    attempt = case.failures[0] if case.failures else None
    refs = (made.id, *((attempt.id,) if attempt is not None else ()))
    return ours(case, made.facts.statement, refs, sure=MOST_ALONE, attempt=attempt)


def _made_by_proxy(case: Case) -> Match | None:
    for attempt, failure in case.broken(_OURS):
        said = f"{_OURS[failure.kind]} ({failure.text or failure.kind})"
        issue = failure.known_issue
        what = f"{attempt.label}: {said}."
        return ours(case, what, (attempt.id,), sure=MOST_ALONE, issue=issue, attempt=attempt)
    return None


def _validation(case: Case) -> Match | None:
    for attempt in case.failing(Kind.PROXY_VALIDATION):
        return Match(
            lean(Party.SERVER, 0.5, Party.HARNESS),
            f"{attempt.label}: our proxy refused the answer's headers as malformed.",
            (attempt.id,),
            slots_for(case, attempt),
            known_issue="strict-header-validation",
            next_control="The same step with validate_inbound_headers off.",
        )
    return None


def _shutdown(case: Case) -> Match | None:
    for attempt in case.failing(Kind.PROXY_SHUTDOWN):
        what = f"{attempt.label} was under way when our capture ended."
        return ours(case, what, (attempt.id,), sure=0.9, attempt=attempt)
    return None


_CLOCK_WORDS = ("certificate expired", "certificate not yet valid")


def _own_clock(case: Case) -> Match | None:
    """Certificates of unrelated owners are out of their time at once, or the phone's clock or
    the dates of others' answers differ from ours by so much: then ours is wrong."""
    attempts = case.failing(*BY_CLOCK_KINDS)
    if not attempts or clock_agrees(case):
        return None
    attempt, phone = attempts[0], case.conditions
    what = f"The certificate of {attempt.host} is out of its time by the clock of this machine"
    for seen in case.controls_named("control_site"):
        if seen.facts.stages.get("tls", "").endswith(_CLOCK_WORDS):
            what += f", and so is that of {seen.facts.target}."
            return ours(case, what, (attempt.id, seen.id), sure=MOST_ALONE, attempt=attempt)
    offset = phone.facts.clock_offset if phone is not None else None
    if phone is not None and offset is not None and abs(offset) >= DAY:
        what += f", from which the phone's differs by {offset / DAY:+.1f} days."
        return ours(case, what, (attempt.id, phone.id), sure=0.75, attempt=attempt)
    others = contrary_dates(case)
    if others:
        what += f", and {others[0]} dates its answers otherwise by a day or more."
        return ours(case, what, (attempt.id,), sure=0.8, attempt=attempt)
    return None


HARNESS = (
    Rule(
        "harness_proxy_stalled",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "The proxy's loop was late by much of the time that the app waited.",
        "The same wait in a run whose heartbeat was on time.",
        _stalled,
        "Nothing can be said: our proxy stood still while the app waited.",
    ),
    Rule(
        "harness_proxy_delayed",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "Our proxy held the answer back until the app was gone; the origin was quick.",
        "An origin that answered late as well.",
        _delayed,
        "Nothing can be said: our proxy stood still until the app had left.",
    ),
    Rule(
        "harness_held_up",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "The app waited for our proxy, which stood still, and never got to ask.",
        "The same wait in a run whose heartbeat was on time.",
        _held_up,
        "Nothing can be said: our proxy stood still while the app tried to connect.",
    ),
    Rule(
        "harness_proxy_setting_lost",
        Layer.DEVICE,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "The phone is not set to the proxy that we set.",
        "Traffic of the app at our proxy after that moment.",
        _setting_lost,
        "Nothing can be said: the phone lost our proxy setting.",
    ),
    Rule(
        "harness_capture_in_the_way",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "What works without us and fails with us is spoilt by our proxy, or where it stands.",
        "A fault that came and went between the two looks.",
        _in_the_way,
        "Nothing can be said: {what}",
    ),
    Rule(
        "harness_clock_wrong",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "Owners that have nothing to do with each other do not let certificates run out at once.",
        "A host whose certificate is in order by our clock; one issuer for all, which is a network "
        "that inspects.",
        _own_clock,
        "Nothing can be said: the clock of our own machine is wrong.",
    ),
    Rule(
        "harness_made_by_proxy",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "The failure is one that only our proxy makes; without it the call may be fine.",
        "The same failure with the host passed through.",
        _made_by_proxy,
        "Nothing can be said of {call}: our own proxy made this failure.",
    ),
    Rule(
        "proxy_validation",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "The answer is sloppy, yet a client without our proxy might have taken it.",
        "A run with the check of headers off.",
        _validation,
        "{service} sends headers that our proxy does not pass.",
    ),
    Rule(
        "harness_capture_ended",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "The call was still under way, for less than the app would wait, when we stopped.",
        "A capture that goes on until the call is over.",
        _shutdown,
        "Nothing can be said of {call}: the capture ended before it did.",
    ),
)
