"""Values that are right for themselves and contradict what the same call said before."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_NOTABLE = 50
"""A count below this may well halve while somebody looks."""

_LEAST_KEPT = 0.5
"""Share of a count that is left; people do not lose half of theirs within one capture."""

_ANOTHER_LOOK = "The same value on a second phone."


def _pairs(case: Case) -> list[tuple[Attempt, Attempt]]:
    """(first, last) good answer of each need that was answered more than once."""
    if case.result == "passed":
        return []
    return [
        (first, case.answers[name])
        for name, first in case.first_answers.items()
        if name in case.answers and case.answers[name].id != first.id
    ]


def _texts(attempt: Attempt) -> dict[str, str]:
    """Those of its values that name somebody or something."""
    need, exchange = attempt.need, attempt.exchange
    if need is None or exchange is None:
        return {}
    told = {name: exchange.values.get(name) for name in need.nonempty}
    return {name: text for name, text in told.items() if isinstance(text, str) and text}


def _same_subject(first: Attempt, last: Attempt) -> bool:
    """Both speak of one and the same; True as well where neither names anybody."""
    return _texts(first) == _texts(last)


def _fell(case: Case) -> Match | None:
    for first, last in _pairs(case):
        if first.need is None or not first.exchange or not last.exchange:
            continue
        if not _same_subject(first, last):
            continue
        for name in first.need.positive:
            was, now = first.exchange.values.get(name), last.exchange.values.get(name)
            if not isinstance(was, int) or not isinstance(now, int):
                continue
            if was < _NOTABLE or not 0 < now < was * _LEAST_KEPT:
                continue
            said = f"says {now} for {name}, and said {was} shortly before"
            return Match(
                lean(Party.SERVER, 0.7, Party.ACCOUNT, Party.HARNESS),
                f"{last.host} {said} ({last.label}).",
                (first.id, last.id),
                slots_for(case, last, said=said),
                next_control=_ANOTHER_LOOK,
            )
    return None


_SWITCHES = ("login", "log_in", "sign", "switch", "auth", "session", "passport", "token", "logout")
"""Parts of paths by which an app takes another account, or gives one up."""


def _account_changed(case: Case, since: float) -> bool:
    return any(
        call.last_answer is not None
        and call.last_answer > since
        and any(part in path.lower() for part in _SWITCHES)
        for (_, _, path), call in case.tally.calls.items()
    )


def _somebody_else(case: Case) -> Match | None:
    for first, last in _pairs(case):
        before, after = _texts(first), _texts(last)
        changed = [name for name in before if name in after and before[name] != after[name]]
        if not changed or _account_changed(case, first.begun):
            continue
        said = f"gives another {changed[0]} than before, though nobody logged in anew"
        return Match(
            lean(Party.SERVER, 0.66, Party.CLIENT, Party.ACCOUNT),
            f"{last.host} {said} ({last.label}).",
            (first.id, last.id),
            slots_for(case, last, said=said),
            next_control=_ANOTHER_LOOK,
        )
    return None


_SUMMARY = "{service} is failing: it {said}; your phone, app and account show no fault."

VALUE_RULES = (
    Rule(
        "envelope_value_fell",
        Layer.APPLICATION,
        Party.SERVER,
        Outcome.FAILED,
        "The service contradicts itself: a count of this size does not halve within a capture.",
        "A great clearing of false accounts at that very moment.",
        _fell,
        _SUMMARY,
    ),
    Rule(
        "envelope_of_somebody_else",
        Layer.APPLICATION,
        Party.SERVER,
        Outcome.FAILED,
        "A call that asks for the own account names another one than before.",
        "A change of accounts in the app that left no call.",
        _somebody_else,
        _SUMMARY,
    ),
)

VALUES = frozenset(rule.id for rule in VALUE_RULES)
"""Ids; what they say stands beside failed calls, it does not replace them."""
