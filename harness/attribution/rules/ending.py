"""Tries that ended well or were not made, and captures in which nothing went wrong."""

from dataclasses import replace

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean
from harness.attribution.witness import USUAL_LOOK_UP
from harness.attribution.wording import seconds, slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

SLOW = 3.0
"""Seconds; an answer without a known usual time that takes longer is worth a note."""

RESENT = 0.95
"""Seconds; the first packet of a connect is sent again after one."""


def slow_answers(case: Case) -> list[Attempt]:
    """Good answers that took longer than usual."""
    found: list[Attempt] = []
    for attempt in case.attempts:
        usual = attempt.need.usual_seconds if attempt.need else SLOW
        if attempt.failure is None and (attempt.latency or 0.0) > usual:
            found.append(attempt)
    return found


def slow_connects(case: Case) -> list[Attempt]:
    """Connections that came up only after lost packets were sent again (1, 3, 7 s)."""
    found: list[Attempt] = []
    for attempt in case.attempts:
        line = attempt.connection
        if line is None or line.connect_begun is None or line.connect_done is None:
            continue
        if attempt.failure is None and line.connect_done - line.connect_begun >= RESENT:
            found.append(attempt)
    return found


def findings(case: Case) -> tuple[str, ...]:
    """What is worth saying of a try that went well."""
    notes = [
        f"Locator drift: {seen.facts.element} on {seen.facts.page} was found by its fallback "
        f"({seen.facts.matched}); {len(seen.facts.died)} earlier ones found nothing."
        for seen in case.witnesses.drifted
    ]
    notes += [f"Slow: {a.label} answered after {seconds(a.latency)}." for a in slow_answers(case)]
    notes += [f"Slow connect to {a.host}: packets were probably lost." for a in slow_connects(case)]
    recovered = [a for a in (*case.failures, *case.attempts) if a.failure and a.recovered]
    notes += [f"{a.label} failed first ({a.kind}) and worked when tried again." for a in recovered]
    notes += _hidden_by_us(case)
    notes += [f"In the background {a.label} failed ({a.kind})." for a in case.background[:5]]
    return tuple(dict.fromkeys(notes))[:20]


_HIDDEN_BY_US = (
    "Android finds no internet{how}; our proxy looks names up and finds its way by itself, so this "
    "says nothing of the phone without it."
)
_PRIVATE_DNS = " through the private DNS server that is set on the phone"


def _hidden_by_us(case: Case) -> list[str]:
    """What is wrong with the phone's network, and does not matter while our proxy is there."""
    seen = case.network_state
    if seen is None or seen.facts.validated is not False:
        return []
    usual = seen.facts.private_dns in USUAL_LOOK_UP
    return [_HIDDEN_BY_US.format(how="" if usual else _PRIVATE_DNS)]


def _well(case: Case, statement: str, refs: tuple[str, ...] = ()) -> Match:
    ended = (case.ended.id,) if case.ended else ()
    # A scenario says itself that it passed; a bare capture merely shows nothing wrong.
    return Match(
        lean(Party.NONE, MOST_ALONE if case.bare else 1.0),
        statement,
        (*ended, *refs),
        slots_for(case, None),
        notes=findings(case),
    )


def _not_run(case: Case) -> Match | None:
    if case.ended is None or case.result != "not_run":
        return None
    facts = case.ended.facts
    reason = facts.message.removeprefix("not run: ").rstrip(".") or facts.reason
    reason = reason or "no reason given"
    return Match(
        lean(Party.NONE, 1.0),
        f"The scenario was not run: {reason}.",
        (case.ended.id,),
        slots_for(case, None, reason=reason),
    )


def _experiment(case: Case) -> Match | None:
    if case.result != "passed" or not case.witnesses.losses:
        return None
    seen = case.witnesses.losses[-1]
    facts = seen.facts
    well = _well(case, f"The experiment ({facts.arm}) was completed.", (seen.id,))
    told = facts.told or "The experiment was completed."
    return replace(
        well,
        slots=slots_for(case, None, told=told),
        advice=facts.advice,
        notes=(*facts.notes, *well.notes),
    )


def _drift(case: Case) -> Match | None:
    if case.result != "passed" or not case.witnesses.drifted:
        return None
    return _well(
        case,
        "The scenario passed; an element was found only by a fallback locator.",
        tuple(seen.id for seen in case.witnesses.drifted),
    )


def _slow(case: Case) -> Match | None:
    slow = slow_answers(case) or slow_connects(case)
    if case.result != "passed" or not slow:
        return None
    return _well(
        case, "The scenario passed, with slow answers.", tuple(attempt.id for attempt in slow[:5])
    )


def _passed(case: Case) -> Match | None:
    return _well(case, "The scenario passed.") if case.result == "passed" else None


def _traffic_seen(case: Case) -> bool:
    return bool(case.tally.decrypted_hosts()) or bool(case.tunnels)


def _capture_slow(case: Case) -> Match | None:
    slow = slow_answers(case) or slow_connects(case)
    if not case.bare or case.failures or not slow:
        return None
    return _well(case, "Every exchange was answered, some slowly.", tuple(a.id for a in slow[:5]))


def _capture_clean(case: Case) -> Match | None:
    if not case.bare or case.failures or not _traffic_seen(case):
        return None
    return _well(case, f"{case.tally.exchanges} exchanges, none of which failed.")


_DONE = "The user got what the scenario is for."

ENDINGS = (
    Rule(
        "scenario_not_run",
        Layer.UI,
        Party.NONE,
        Outcome.NOT_RUN,
        "Nothing was tried, so nothing can have failed.",
        "Observations of steps that did run.",
        _not_run,
        "Not run: {reason}.",
    ),
    Rule(
        "experiment_completed",
        Layer.STORAGE,
        Party.NONE,
        Outcome.PASSED,
        "The experiment asks what the removal costs; whatever the answer, it was got.",
        "An inventory that overlooked something, or another app that changed the files.",
        _experiment,
        "{told}",
    ),
    Rule(
        "passed_with_locator_drift",
        Layer.UI,
        Party.NONE,
        Outcome.PASSED,
        f"{_DONE} The app's screens changed under our locators, which is a finding for us.",
        "The fallback found another element than was meant.",
        _drift,
        "It worked; the app's screens have changed, and our locators need an update.",
    ),
    Rule(
        "passed_slowly",
        Layer.HTTP,
        Party.NONE,
        Outcome.PASSED,
        f"{_DONE} Slowness that does not cost the user the result is a note, not a failure.",
        "A limit on the time in the scenario itself.",
        _slow,
        "It worked, but slowly.",
    ),
    Rule(
        "passed",
        Layer.UI,
        Party.NONE,
        Outcome.PASSED,
        _DONE,
        "A claim of the scenario that was not checked.",
        _passed,
        "It worked.",
    ),
)

CAPTURE_ENDINGS = (
    Rule(
        "capture_slow",
        Layer.HTTP,
        Party.NONE,
        Outcome.PASSED,
        "All exchanges were answered; some took longer than usual.",
        "A screen that shows that the app had given up by then.",
        _capture_slow,
        "Nothing failed in this capture; some answers were slow.",
    ),
    Rule(
        "capture_clean",
        Layer.HTTP,
        Party.NONE,
        Outcome.PASSED,
        "All exchanges that were seen were answered in good order.",
        "Traffic that went past the proxy, or a screen that shows an error.",
        _capture_clean,
        "Nothing failed in this capture.",
    ),
)
