"""Our own machinery went down: proxy, machine, instruments. This comes before all else."""

import re

from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.rules.harness import ours
from harness.attribution.weigh import MOST_ALONE, lean
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

VITAL = frozenset({"adb", "appium", "proxy", "disk", "tools"})
"""Instruments without which nothing can be said."""


def _span(case: Case) -> tuple[float, float]:
    """The time in which our failure would matter: the attempt's, else the failed step's."""
    if case.failures and case.bare:
        attempt = case.failures[0]
        return attempt.begun, attempt.ended if attempt.ended is not None else case.until
    begun, ended = case.window
    return begun - 2.0, ended + 1.0


def _answered_whole(case: Case) -> bool:
    """The attempt of a bare capture that is judged has the service's own whole answer."""
    exchange = case.failures[0].exchange if case.bare and case.failures else None
    return exchange is not None and exchange.status is not None and exchange.error is None


def _proxy_died(case: Case) -> Match | None:
    if _answered_whole(case):
        return None
    begun, ended = _span(case)
    for seen in case.witnesses.gaps:
        gap = seen.facts
        if gap.begun <= ended and (gap.ended is None or gap.ended >= begun):
            down = "The phone's way to our proxy" if gap.broken == "way" else "The proxy"
            return ours(case, f"{down} was down meanwhile ({gap.reason}).", (seen.id,))
    for seen in case.witnesses.instruments:
        near = begun <= seen.mono <= ended + 30.0
        if seen.facts.instrument == "proxy" and not seen.facts.recovered and near:
            return ours(case, f"The proxy failed: {seen.facts.detail}.", (seen.id,))
    for attempt in case.failing(Kind.PROXY_SHUTDOWN):
        started, stopped = case.witnesses.proxy_started, case.witnesses.proxy_stopped
        if case.bare and attempt.ended is None and started is not None and stopped is None:
            return ours(
                case,
                "The capture ends in the middle of a call: the proxy died.",
                (attempt.id, started.id),
            )
    return None


_STARVED = re.compile(
    r"too many open files|no file descriptors|cannot allocate memory|no space left on device"
    r"|errno (12|23|24|28)\b",
    re.IGNORECASE,
)
"""What the system says when it has nothing left to give (ENOMEM, ENFILE, EMFILE, ENOSPC)."""


def _starved(case: Case) -> Match | None:
    """Our proxy got no memory, file or socket any more: what it then left out nobody knows."""
    if _answered_whole(case) or case.result == "passed":
        return None
    begun, ended = _span(case)
    for seen in case.witnesses.proxy_logs:
        if _STARVED.search(seen.facts.text) and (case.bare or begun <= seen.mono <= ended):
            what = f"This machine gave our proxy nothing more ({seen.facts.text[:120]})."
            return ours(case, what, (seen.id,), sure=0.85)
    return None


_EMPTY = 3
"""Per cent of a battery at which phones switch themselves off."""


def _battery_empty(case: Case) -> bool:
    seen = case.conditions
    level = seen.facts.battery if seen is not None else None
    return level is not None and level <= _EMPTY


def _went_out(case: Case, what: str, ref: str) -> Match:
    """The phone cannot be reached, and it was about to switch itself off."""
    seen = case.conditions
    return Match(
        lean(Party.DEVICE, 0.7, Party.HARNESS),
        f"{what}; its battery was all but empty.",
        (ref, *((seen.id,) if seen is not None else ())),
        slots_for(case, None, what=what),
        outcome=Outcome.INCONCLUSIVE,
        next_control="The phone charged, and the scenario once more.",
    )


def _instrument(case: Case) -> Match | None:
    if case.result == "passed":
        return None
    for seen in case.witnesses.instruments:
        if seen.facts.instrument in VITAL and not seen.facts.recovered and not case.bare:
            what = f"{seen.facts.instrument} failed: {seen.facts.action}: {seen.facts.detail}"
            if seen.facts.instrument == "adb" and _battery_empty(case):
                return _went_out(case, what, seen.id)
            # A phone that is gone may be its cable's or its own doing.
            sure = MOST_ALONE if seen.facts.instrument == "adb" else 0.95
            return ours(case, what, (seen.id,), sure=sure)
    if case.ended is not None and case.ended.facts.reason in VITAL:
        what = f"{case.ended.facts.reason} failed: {case.ended.facts.message}"
        return ours(case, what, (case.ended.id,))
    if case.step_ended is not None and case.step_ended.facts.error_kind == "instrument":
        what = f"An instrument of ours failed: {case.step_ended.facts.message}"
        return ours(case, what, (case.step_ended.id,), sure=0.9)
    return None


_ONLY_US = "A later run with this mended that fails in the same way."

MACHINERY = (
    Rule(
        "harness_proxy_died",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "The app's traffic goes through our proxy; while it is down every call fails.",
        "The failure was already there before the proxy went down.",
        _proxy_died,
        "Nothing can be said: the app's traffic had no way through our proxy. {what}",
    ),
    Rule(
        "harness_out_of_resources",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "A proxy that may open no file or socket lets calls fail that nobody else had a hand in.",
        "A whole answer of the service: that came in spite of it.",
        _starved,
        "Nothing can be said: our own machine ran out of what our proxy needs. {what}",
    ),
    Rule(
        "harness_instrument_failed",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "A scenario whose instruments fail says nothing about the app.",
        _ONLY_US,
        _instrument,
        "Nothing can be said: one of our instruments failed. {what}",
    ),
)
