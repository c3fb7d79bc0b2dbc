"""Nothing was seen where our own machinery would have shown it: torn off, down, passed by."""

from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.rules.harness import ours
from harness.attribution.rules.machinery import VITAL
from harness.attribution.wording import seconds
from harness.domain.vocabulary import Layer, Outcome, Party


def _torn(case: Case) -> Match | None:
    """A bare capture that nobody closed: what the app did afterwards was not seen."""
    witnesses = case.witnesses
    if not case.bare or case.failures:
        return None
    for seen in witnesses.instruments:
        if seen.facts.instrument in VITAL and not seen.facts.recovered:
            what = f"{seen.facts.instrument} failed: {seen.facts.detail}"
            return ours(case, what, (seen.id,), sure=0.85)
    if witnesses.proxy_started is not None and witnesses.proxy_stopped is None:
        what = "The capture was torn off: our proxy ended without closing it."
        return ours(case, what, (witnesses.proxy_started.id,), sure=0.8)
    return None


_AFTERWARDS = 30.0
"""Seconds after a gap in which an app still shows, or waits for, what it met in it."""


def _gap_before(case: Case) -> Match | None:
    """Nothing failed that we saw, and shortly before we saw nothing at all."""
    if case.bare or case.failures or case.result not in {"failed", "broken"}:
        return None
    for seen in case.witnesses.gaps:
        ended = seen.facts.ended
        if ended is None or not case.window[0] - _AFTERWARDS <= ended <= case.window[0]:
            continue
        if any(a.begun > ended and a.need in case.needs for a in case.attempts):
            continue  # asked again, and answered
        what = f"The proxy was down until {seconds(case.window[0] - ended)} before the step."
        return ours(case, what, (seen.id,), sure=0.7)
    return None


def _canary(case: Case) -> Match | None:
    last = case.witnesses.canaries[-1] if case.witnesses.canaries else None
    if last is None or case.attempts or case.failures or case.tunnels:
        return None
    if last.facts.canary != "not_seen":
        return None
    what = "The phone's traffic does not reach our proxy: even our own test request did not."
    return ours(case, what, (last.id,), sure=0.85)


NOT_REACHED = (
    Rule(
        "harness_proxy_was_down",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "What the app met while our proxy was down shows on its screen a while longer.",
        "The same failure after the app has asked anew.",
        _gap_before,
        "Nothing can be said: our proxy was down shortly before. {what}",
    ),
    Rule(
        "harness_capture_torn",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "What nobody closed may have missed the very failure that it was made for.",
        "A failure that was recorded before the end.",
        _torn,
        "Nothing can be said: the capture was not closed properly.",
    ),
    Rule(
        "harness_canary_not_seen",
        Layer.HOST,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "Our own test request from the phone did not arrive at the proxy either.",
        "A state of the phone that explains it (airplane mode, no network).",
        _canary,
        "Nothing can be said: the phone's traffic does not reach our proxy.",
    ),
)
