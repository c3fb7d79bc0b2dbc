"""The app asked and left, or still waits: hang, black hole or impatience?"""

from harness.attribution.attempt import Attempt, patience_for
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.owners import SHARED_WAY, owners_alike
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    Support,
    control_site,
    failed_alike,
    other_phone,
    path_is_fine,
    probe_of,
    reached,
    screen_hints,
    silent_in_http,
    stage,
    usual_wait,
)
from harness.attribution.wording import seconds, slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

LONG = 2.0
"""Seconds; longer than nearly every healthy answer, shorter than most time-outs."""

_PROBE = "The host reached from our machine past the proxy, while the app waits."
_BASELINE = "Yesterday's time of the same call, and the same step once more."


def _refs(case: Case, attempt: Attempt) -> tuple[str, ...]:
    probe = probe_of(case, attempt)
    return (attempt.id, *((probe.id,) if probe is not None else ()))


def _wait(attempt: Attempt) -> float:
    return attempt.failure.wait or 0.0 if attempt.failure else 0.0


def _equal_waits(case: Case, attempt: Attempt) -> bool:
    """Several tries that all ended after the same time: a time-out of the app, no whim."""
    waits = [_wait(other) for other in failed_alike(case, attempt)]
    own = _wait(attempt)
    return own >= LONG and any(abs(wait - own) <= 0.1 * own for wait in waits)


def _usual(case: Case, attempt: Attempt) -> float | None:
    """How long the same call usually takes, by this capture, else by earlier runs."""
    exchange = attempt.exchange
    key = (exchange.method, attempt.host, exchange.path) if exchange else None
    found = case.tally.calls.get(key) if key else None
    if found is not None and found.slowest is not None:
        return found.slowest
    return usual_wait(case, attempt)


def _path_dark(case: Case, attempt: Attempt) -> Match | None:
    """Not even TCP comes up any more for our machine: the path or the whole host."""
    probe = probe_of(case, attempt)
    dark = "timed out" in stage(probe, "tcp") or "unreachable" in stage(probe, "tcp")
    if not dark:
        return None
    return Match(
        lean(Party.NETWORK, 0.5, Party.SERVER),
        f"{attempt.label} got no answer, and our machine does not reach the host either.",
        _refs(case, attempt),
        slots_for(case, attempt),
        next_control="The same host from another network.",
    )


def _server_support(case: Case, attempt: Attempt) -> Support:
    probe = probe_of(case, attempt)
    found = Support().add(holds=reached(probe)).add(holds=path_is_fine(case, attempt))
    found.add(holds=silent_in_http(probe), weight=2)
    found.add(holds=_equal_waits(case, attempt))
    found.add(holds=control_site(case) == "ok").add(holds=other_phone(case) == "failed")
    found.against(holds=other_phone(case) == "ok")
    return found


def _after_head(attempt: Attempt) -> str:
    whole = attempt.failure is not None and attempt.failure.after_head
    return "did not finish its answer to" if whole else "did not answer"


def _timed_out(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ABANDONED_AFTER_TIMEOUT, Kind.HTTP_NO_ANSWER):
        dark = _path_dark(case, attempt)
        if dark is not None:
            return dark
        support, probe = _server_support(case, attempt), probe_of(case, attempt)
        sure = sureness(0.65, support.supports, support.contradicts)
        if not silent_in_http(probe):
            # The way to this host alone may have gone dark, or be too narrow for large packets:
            # what our machine asks is small.
            sure = min(sure, MOST_ALONE)
        if owners_alike(case, attempt):
            sure = min(sure, SHARED_WAY)
        return Match(
            lean(
                Party.SERVER,
                sure,
                Party.NETWORK,
                Party.CLIENT,
            ),
            f"{attempt.host} {_after_head(attempt)} {attempt.label} within "
            f"{seconds(_wait(attempt))}, as long as the app waits.",
            _refs(case, attempt),
            slots_for(case, attempt),
            next_control=_PROBE,
        )
    return None


def _unclear(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ABANDONED_UNCLEAR):
        dark = _path_dark(case, attempt)
        if dark is not None:
            return dark
        wait, usual, probe = _wait(attempt), _usual(case, attempt), probe_of(case, attempt)
        refs, slots = _refs(case, attempt), slots_for(case, attempt)
        text = f"The app left {attempt.label} after {seconds(wait)} without a whole answer."
        if usual is not None and usual > wait:
            return Match(
                lean(Party.CLIENT, 0.75, Party.SERVER),
                f"{text} The same call was answered after {seconds(usual)} at other times.",
                refs,
                slots_for(case, attempt, usual=seconds(usual)),
                next_control=_BASELINE,
            )
        support = _server_support(case, attempt)
        support.add(holds=usual is not None and usual < 0.5 * wait)
        silent = silent_in_http(probe) or _equal_waits(case, attempt)
        start = 0.5 if silent or wait >= LONG else 0.35
        sure = sureness(start, support.supports, support.contradicts)
        if not silent:
            sure = min(sure, 0.58)  # a person who left the screen looks the same
        if owners_alike(case, attempt):
            sure = min(sure, SHARED_WAY)
        return Match(
            lean(Party.SERVER, sure, Party.CLIENT, Party.NETWORK),
            text,
            refs,
            slots,
            next_control=_BASELINE,
        )
    return None


def _as_a_habit(case: Case, attempt: Attempt, usual: float | None) -> bool:
    """The app leaves the same call early time and again, which is answered if it waits."""
    alike = [
        other
        for other in (*case.failures, *case.attempts)
        if other.key == attempt.key and other.kind is attempt.kind and other.id != attempt.id
    ]
    return bool(alike) and usual is not None and usual > 2.0 * _wait(attempt)


def _early(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ABANDONED_EARLY):
        wait, usual, probe = _wait(attempt), _usual(case, attempt), probe_of(case, attempt)
        slower = reached(probe) and (probe.facts.seconds or 0.0) > wait if probe else False
        support = Support().add(holds=usual is not None and usual > wait)
        support.add(holds=slower).add(holds=reached(probe) or path_is_fine(case, attempt))
        support.add(holds=bool(screen_hints(case, "network_error", "server_error")))
        support.against(holds=silent_in_http(probe))
        patience = patience_for(attempt.need)
        sure = sureness(0.62, support.supports, support.contradicts)
        exchange = attempt.exchange
        cancelled = exchange is not None and exchange.reset_by == "app" and exchange.client_open
        habit = _as_a_habit(case, attempt, usual)
        if case.bare and cancelled and not habit:
            sure = min(sure, 0.58)  # apps cancel streams when a person leaves the screen
        known = f", though it usually waits {seconds(patience.seconds)}" if patience.known else ""
        return Match(
            lean(Party.CLIENT, sure, Party.SERVER, Party.NETWORK),
            f"The app left {attempt.label} after only {seconds(wait)}{known}.",
            _refs(case, attempt),
            slots_for(case, attempt),
            next_control=_BASELINE,
        )
    return None


WAITING = (
    Rule(
        "http_no_answer",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "The request arrived over a working connection and the app waited its full time.",
        "A path that went dark just then: the probe or an unrelated site fails as well.",
        _timed_out,
        "{service} does not answer; your phone, app and account show no fault.",
    ),
    Rule(
        "http_left_after_a_while",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "The app left after a wait that is too long for a healthy answer, yet shorter than usual "
        "time-outs.",
        "The same call that usually takes this long; a person who left the screen.",
        _unclear,
        "{service} gave no whole answer for {wait}, then the app left.",
    ),
    Rule(
        "client_gave_up_early",
        Layer.HTTP,
        Party.CLIENT,
        Outcome.FAILED,
        "The app left far sooner than any sensible time-out.",
        "A screen that was left by a tap just then, or a crash.",
        _early,
        "The app gave up after only {wait}, before {service} could answer.",
    ),
)
