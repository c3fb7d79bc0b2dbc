"""What the screen shows against what the service said, and what was never asked."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case, Seen
from harness.attribution.comparing import differs
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import Support, capture_off, known_before, other_phone
from harness.attribution.wording import capital, seconds, slots_for
from harness.domain.facts.screen import ScreenValue
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility

_ARRIVED = frozenset({"reached", "decrypted"})
"""Of a canary: the phone's traffic comes to our proxy."""

SHOWN_WITHIN = 3.0
"""Seconds from an answer to the screen that shows it, on a slow phone."""


def _said(case: Case, name: str, before: float) -> tuple[Attempt, int | str] | None:
    """The last good answer with this value that had arrived before that moment."""
    found: tuple[Attempt, int | str] | None = None
    for attempt in case.attempts:
        exchange = attempt.exchange if attempt.failure is None else None
        value = exchange.values.get(name) if exchange else None
        ended = attempt.ended if attempt.ended is not None else attempt.begun
        if value is not None and ended <= before:
            found = attempt, value
    return found


def _on_screen(case: Case) -> list[Seen[ScreenValue]]:
    return [
        seen
        for seen in case.witnesses.values
        if not seen.facts.name.startswith(("cached_", "expected_")) and seen.mono >= case.window[0]
    ]


def _old_copy(case: Case, shown: ScreenValue) -> bool:
    """What the screen shows is what the phone had before."""
    known = known_before(case, shown.name)
    return known is not None and known[1] == shown.value


def _shows_other(case: Case) -> Match | None:
    if case.failures or case.result == "passed":
        return None
    for seen in _on_screen(case):
        said = _said(case, seen.facts.name, seen.mono)
        if said is None or not differs(seen.facts, said[1]):
            continue
        from_cache = _old_copy(case, seen.facts)
        support = Support().add(holds=from_cache)
        where = ", as its old copy has it" if from_cache else ""
        what = f"it shows {seen.facts.text!r} for {seen.facts.name}{where}"
        return Match(
            lean(Party.CLIENT, sureness(0.85, support.supports), Party.HARNESS),
            f"The service said {said[1]} for {seen.facts.name}; the screen shows "
            f"{seen.facts.text!r}{where}.",
            (said[0].id, seen.id),
            slots_for(case, said[0], what=what),
            next_control="The same screen once more after a restart of the app.",
        )
    return None


def _shows_empty(case: Case) -> Match | None:
    """The screen calls a list empty for which the service gave rows."""
    if case.failures or case.result == "passed":
        return None
    empties = [seen for seen, text in case.screen_texts() if text.hint == "empty"]
    for need in case.needs:
        answer = case.answers.get(need.name)
        if not empties or answer is None or answer.exchange is None:
            continue
        rows = [
            (name, value)
            for name, value in answer.exchange.values.items()
            if isinstance(value, int)
            and value > 0
            and (name in need.at_least or name in need.nonempty)
        ]
        if rows:
            what = f"it shows an empty list, though it was given {rows[0][1]} entries"
            return Match(
                lean(Party.CLIENT, 0.85, Party.HARNESS),
                f"The service gave {rows[0][1]} {rows[0][0]}; the screen shows none.",
                (answer.id, empties[-1].id),
                slots_for(case, answer, what=what),
                next_control="The same screen once more after a restart of the app.",
            )
    return None


def _keeps_loading(case: Case) -> Match | None:
    """The screen still turns its circle although the answer came long before."""
    if case.failures or case.bare or case.result != "failed":
        return None
    looks = [seen for seen in case.witnesses.screens if seen.mono >= case.window[0]]
    last = looks[-1] if looks else None
    if last is None or not last.facts.spinner:
        return None
    for need in case.needs:
        answer = case.answers.get(need.name)
        ended = answer.ended if answer is not None else None
        if answer is None or ended is None or last.mono - ended < SHOWN_WITHIN:
            continue
        waited = seconds(last.mono - ended)
        return Match(
            lean(Party.CLIENT, 0.86, Party.HARNESS),
            f"{answer.label} was answered, and {waited} later the screen is still loading.",
            (answer.id, last.id),
            slots_for(case, answer, what="it goes on loading what it was given"),
            next_control="The same screen once more after a restart of the app.",
        )
    return None


def _never_asked(case: Case) -> Match | None:
    wanted = [need for need in case.needs if need.endpoints]
    if case.failures or not wanted or case.bare or case.result not in {"failed", "broken"}:
        return None
    if case.visibility is not Visibility.OPEN or not case.listening:
        return None
    kind = case.step_ended.facts.error_kind if case.step_ended else None
    asked = [a for a in case.attempts if a.begun >= case.window[0] - 1.0]
    if kind in {"instrument", "blocked"} or any(a.need in wanted for a in asked):
        return None
    old = [seen for seen in _on_screen(case) if _old_copy(case, seen.facts)]
    looked = case.witnesses.canaries
    canaries = [s for s in looked if s.facts.canary in _ARRIVED]
    if not canaries and not case.tally.decrypted_hosts():
        return None  # nothing shows that our capture works
    if case.witnesses.gaps or (looked and looked[-1].facts.canary == "not_seen"):
        return None  # or that it did all the time
    support = Support().add(holds=bool(canaries), refs=tuple(s.id for s in canaries[:1]))
    support.add(holds=bool(case.tally.decrypted_hosts()))
    support.add(holds=capture_off(case) == "failed")
    support.add(holds=bool(old), refs=tuple(seen.id for seen in old[:1]))
    sure = sureness(0.66, support.supports)
    if not old and capture_off(case) != "failed":
        sure = min(sure, MOST_ALONE)  # a request that goes past our proxy looks the same
    if kind == "locator" and not old:
        sure = 0.5  # a tap that found nothing to hit asks nothing either
    elsewhere = other_phone(case) == "ok"
    if elsewhere:
        sure = min(sure, 0.55)  # the same app asks on another phone: something is odd with this one
    label = wanted[0].label
    what = "it shows an old copy and did not ask " if old else "it never asked "
    ended = (case.step_ended.id,) if case.step_ended else ()
    return Match(
        lean(Party.CLIENT, sure, Party.DEVICE if elsewhere else Party.HARNESS),
        f"{capital(what.strip())} {label} in the time of the step, while our capture worked.",
        (*ended, *support.refs),
        slots_for(case, None, what=f"{what}{label}"),
        next_control="The same step once more, with a look at where the tap lands.",
    )


def _text_alone(case: Case) -> Match | None:
    """An error text of the app that names a party, with nothing on the wire against it."""
    if case.failures or case.result == "passed":
        return None
    for seen, text in reversed(case.screen_texts()):
        if text.party is None or text.kind == "gate":
            continue
        support = Support().add(holds=bool(case.tunnels))
        return Match(
            lean(text.party, sureness(0.76, support.supports), Party.SERVER),
            f"The screen shows it: {text.text}.",
            (seen.id,),
            slots_for(case, None, what=text.text),
            next_control="The same step where the traffic can be read.",
        )
    return None


def _covered(case: Case) -> Match | None:
    """Something that our data do not know lies over what a person would tap."""
    if case.failures or case.bare or case.result not in {"failed", "broken"}:
        return None
    for seen in reversed(case.witnesses.missing):
        words = seen.facts.extra.get("covered_by", "")
        if words and seen.mono >= case.window[0] - 0.5:
            facts = seen.facts
            text = f"{capital(facts.element)} of {facts.page} could not be reached: "
            text += f"{words!r} lies over it."
            if facts.element == "marker":  # a page was waited for, and another thing is there
                text = f"{capital(facts.page)} was not recognised: {words!r} is on the screen."
            return Match(
                lean(Party.HARNESS, 0.85, Party.CLIENT),
                text,
                (seen.id,),
                slots_for(case, None, what=words),
                next_control="The same step after the locator data were taught this dialog.",
            )
    return None


def _system_windows(case: Case) -> Match | None:
    """A dialog or another app lies over the app: nobody's failure but ours to handle."""
    if case.failures or case.bare or case.result not in {"failed", "broken"}:
        return None
    last = case.witnesses.screens[-1] if case.witnesses.screens else None
    if last is None or last.mono < case.window[0]:
        return None
    if last.facts.system_dialog in {None, "crash", "anr"}:
        return None
    return Match(
        lean(Party.HARNESS, 0.75, Party.DEVICE),
        f"A window of the system ({last.facts.system_dialog}) lies over the app.",
        (last.id,),
        slots_for(case, None, what=f"a window of the system ({last.facts.system_dialog})"),
        next_control="The same step after the window was answered.",
    )


_SUMMARY = "The app itself failed: {what}. The service gave what it was asked for."

SCREEN = (
    Rule(
        "harness_screen_covered",
        Layer.UI,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "What our data do not know was on the screen, and nothing of the product failed.",
        "The same failure after the dialog was answered.",
        _covered,
        "Nothing can be said: a page or dialog that we do not know ({what}) was on the screen.",
    ),
    Rule(
        "client_shows_other_value",
        Layer.UI,
        Party.CLIENT,
        Outcome.FAILED,
        "The right value had arrived before the screen was read.",
        "A screen that was read before the app could redraw it.",
        _shows_other,
        _SUMMARY,
    ),
    Rule(
        "client_shows_empty_list",
        Layer.UI,
        Party.CLIENT,
        Outcome.FAILED,
        "Rows had arrived, and the screen says that there are none.",
        "Rows that the app may not show to this account.",
        _shows_empty,
        _SUMMARY,
    ),
    Rule(
        "client_keeps_loading",
        Layer.UI,
        Party.CLIENT,
        Outcome.FAILED,
        "What the screen waits for had arrived long before.",
        "Another call that this screen waits for as well.",
        _keeps_loading,
        _SUMMARY,
    ),
    Rule(
        "harness_covered_by_system",
        Layer.UI,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "Behind a window of the system the app could not be used at all.",
        "The same failure after the window was gone.",
        _system_windows,
        "Nothing can be said: {what} lies over the app.",
    ),
    Rule(
        "client_never_asked",
        Layer.APPLICATION,
        Party.CLIENT,
        Outcome.FAILED,
        "Our capture worked and saw other calls; the call that the step is for never came.",
        "Traffic that went past the proxy, or a tap that hit something else.",
        _never_asked,
        "The app itself failed: {what}.",
    ),
    Rule(
        "screen_names_cause",
        Layer.UI,
        Party.ACCOUNT,
        Outcome.FAILED,
        "The app shows the reason that it was given.",
        "Readable traffic that says something else.",
        _text_alone,
        "The app says why: {what}.",
    ),
)
