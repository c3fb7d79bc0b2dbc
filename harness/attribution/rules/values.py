"""Values that are right for themselves and contradict what the same call said before."""

from dataclasses import dataclass

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean
from harness.attribution.wording import slots_for
from harness.domain.facts.traffic import Values
from harness.domain.profile import Need
from harness.domain.vocabulary import Layer, Outcome, Party

_NOTABLE = 50
"""A count below this may well halve while somebody looks."""

_LEAST_KEPT = 0.5
"""Share of a count that is left; people do not lose half of theirs within one capture."""

_ANOTHER_LOOK = "The same value on a second phone."


@dataclass(frozen=True, slots=True)
class _Pair:
    """The first and the last good answer of one need."""

    need: Need
    first: Attempt
    last: Attempt
    was: Values
    now: Values

    def texts(self, values: Values) -> dict[str, str]:
        """Those of the values that name somebody or something."""
        told = {name: values.get(name) for name in self.need.nonempty}
        return {name: text for name, text in told.items() if isinstance(text, str) and text}


def _pairs(case: Case) -> list[_Pair]:
    """Needs that were answered more than once."""
    if case.result == "passed":
        return []
    return [
        _Pair(first.need, first, last, first.exchange.values, last.exchange.values)
        for name, first in case.first_answers.items()
        if (last := case.answers.get(name)) is not None
        and last.id != first.id
        and first.need is not None
        and first.exchange is not None
        and last.exchange is not None
    ]


def _fell(case: Case) -> Match | None:
    for pair in _pairs(case):
        if pair.texts(pair.was) != pair.texts(pair.now):
            continue  # they speak of two
        for name in pair.need.positive:
            was, now = pair.was.get(name), pair.now.get(name)
            if not isinstance(was, int) or not isinstance(now, int):
                continue
            if was < _NOTABLE or not 0 < now < was * _LEAST_KEPT:
                continue
            said = f"says {now} for {name}, and said {was} shortly before"
            return Match(
                lean(Party.SERVER, 0.7, Party.ACCOUNT, Party.HARNESS),
                f"{pair.last.host} {said} ({pair.last.label}).",
                (pair.first.id, pair.last.id),
                slots_for(case, pair.last, said=said),
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
    for pair in _pairs(case):
        before, after = pair.texts(pair.was), pair.texts(pair.now)
        changed = [name for name in before if name in after and before[name] != after[name]]
        if not changed or _account_changed(case, pair.first.begun):
            continue
        said = f"gives another {changed[0]} than before, though nobody logged in anew"
        return Match(
            lean(Party.SERVER, 0.66, Party.CLIENT, Party.ACCOUNT),
            f"{pair.last.host} {said} ({pair.last.label}).",
            (pair.first.id, pair.last.id),
            slots_for(case, pair.last, said=said),
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
