"""What remains: our locators, our script, a screen that stays behind, and the admission."""

from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean
from harness.attribution.witness import screen_hints
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_AGAIN = "The same step once more, with a person looking at the screen."


def _served(case: Case) -> list[str]:
    """Ids of good answers to what the failed step needs."""
    return [
        attempt.id
        for attempt in case.attempts
        if attempt.failure is None and attempt.need is not None and attempt.need in case.needs
    ]


def _locator(case: Case) -> Match | None:
    kind = case.step_ended.facts.error_kind if case.step_ended else None
    missing = [seen for seen in case.witnesses.missing if seen.mono >= case.window[0] - 0.5]
    if case.bare or case.failures or (kind != "locator" and not missing):
        return None
    errors = screen_hints(case, "server_error", "network_error")
    named = f"{missing[-1].facts.element} on {missing[-1].facts.page}" if missing else "an element"
    refs = (*(seen.id for seen in missing[-2:]), *errors[:1])
    ended = (case.step_ended.id,) if case.step_ended else ()
    return Match(
        lean(Party.HARNESS, 0.5 if errors else 0.78, Party.CLIENT, Party.SERVER),
        f"No locator found {named}.",
        refs or ended,
        slots_for(case, None, element=named),
        next_control=_AGAIN,
    )


def _script(case: Case) -> Match | None:
    if case.bare or case.failures or case.ended is None or case.result != "broken":
        return None
    return Match(
        lean(Party.HARNESS, 0.75, Party.CLIENT),
        f"The scenario itself broke: {case.ended.facts.message or 'no message'}.",
        (case.ended.id,),
        slots_for(case, None),
        next_control=_AGAIN,
    )


_SETTLED = 10.0
"""Seconds after the last answer in which a screen has come to rest."""


def _at_rest(case: Case) -> bool:
    """Long after the answer we know the page that is shown, and it is not the one that is due."""
    kind = case.step_ended.facts.error_kind if case.step_ended else None
    looks = [seen for seen in case.witnesses.screens if seen.mono >= case.window[0]]
    if kind != "assertion" or not looks or looks[-1].facts.page is None:
        return False
    ends = [
        attempt.ended or attempt.begun for attempt in case.attempts if attempt.need in case.needs
    ]
    return looks[-1].mono - max(ends) >= _SETTLED


def _not_shown(case: Case) -> Match | None:
    served = _served(case)
    if case.bare or case.failures or case.result != "failed" or not served:
        return None
    return Match(
        lean(Party.CLIENT, 0.72 if _at_rest(case) else 0.55, Party.HARNESS),
        "The service gave what was asked for, and the screen does not show it.",
        tuple(served[:3]),
        slots_for(case, None),
        next_control=_AGAIN,
    )


def _background_only(case: Case) -> Match | None:
    """The step failed; the only trouble seen is of calls that it does not need."""
    if case.bare or case.failures or not case.background:
        return None
    worst = case.background[0]
    return Match(
        lean(Party.UNKNOWN, 1.0),
        f"The step failed; all that was seen failing is {worst.label}, which it does not need.",
        (worst.id,),
        slots_for(case, worst),
        next_control=_AGAIN,
    )


def _nothing_captured(case: Case) -> Match | None:
    if not case.bare or case.failures or case.tally.exchanges or case.tunnels:
        return None
    return Match(
        lean(Party.UNKNOWN, 1.0),
        "No exchange of the app was seen.",
        (),
        slots_for(case, None),
        next_control="A request of another app on the phone through the proxy.",
    )


def _unexplained(case: Case) -> Match | None:
    ended = (case.ended.id,) if case.ended else ()
    refs = tuple(attempt.id for attempt in case.failures[:3])
    return Match(
        lean(Party.UNKNOWN, 1.0),
        "What was seen explains the failure in no way that a rule knows.",
        (*ended, *refs),
        slots_for(case, None),
        next_control=_AGAIN,
    )


LAST = (
    Rule(
        "harness_locator_missing",
        Layer.UI,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "Screens change with every version of the app; not finding an element is ours to mend "
        "unless the product shows a fault.",
        "The element missing on the screenshot as well.",
        _locator,
        "Nothing can be said: our locators did not find {element}.",
    ),
    Rule(
        "harness_script_broke",
        Layer.UI,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "An error that is no claim about the product is an error of the script.",
        "A fault of the product that made the script stumble.",
        _script,
        "Nothing can be said: the scenario itself broke.",
    ),
    Rule(
        "client_does_not_show",
        Layer.UI,
        Party.CLIENT,
        Outcome.FAILED,
        "Either the app does not show what it was given, or we looked in the wrong place.",
        "The screenshot of that moment.",
        _not_shown,
        "The service answered, and the screen does not show it.",
    ),
    Rule(
        "background_trouble_only",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.INCONCLUSIVE,
        "Telemetry, pictures and other screens do not explain this step.",
        "A profile that names the call as needed.",
        _background_only,
        "It failed, and what was seen does not explain why.",
    ),
    Rule(
        "capture_empty",
        Layer.HOST,
        Party.UNKNOWN,
        Outcome.INCONCLUSIVE,
        "An app that never asked, one that goes past the proxy and a phone without network leave "
        "the same nothing.",
        "A request of another app that arrives, or the phone's own state.",
        _nothing_captured,
        "Nothing can be said: no exchange of the app was seen.",
    ),
    Rule(
        "unexplained",
        Layer.UI,
        Party.UNKNOWN,
        Outcome.INCONCLUSIVE,
        "Abstaining is better than guessing.",
        "Any further observation.",
        _unexplained,
        "It failed, and what was seen does not explain why.",
    ),
)
