"""Calls for data that were sent on to where no data can be."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import server_support
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party


def _what(attempt: Attempt) -> str:
    return attempt.failure.text if attempt.failure else ""


def _to_sign_in(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_SIGN_IN):
        first = Party.ACCOUNT if attempt.origin_verified else Party.NETWORK
        return Match(
            lean(first, 0.5, Party.SERVER, Party.CLIENT),
            f"{attempt.label} was sent to a page for people ({_what(attempt)}).",
            (attempt.id,),
            slots_for(case, attempt),
            next_control="The session checked by hand; the same step after a new log-in.",
        )
    return None


def _to_one_place(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_ALL_TO_ONE):
        signed = attempt.origin_verified
        support = server_support(case, attempt)
        sure = min(MOST_ALONE, sureness(0.66, support.supports, support.contradicts))
        return Match(
            lean(Party.SERVER, sure if signed else 0.5, Party.NETWORK, Party.CLIENT),
            f"{attempt.host} sends calls for data to one page ({_what(attempt)}).",
            (attempt.id, *support.refs),
            slots_for(case, attempt, said="sends calls for data to one page"),
            next_control="The host reached from our machine past the proxy.",
        )
    return None


def _detour(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_DETOUR):
        return Match(
            lean(Party.NETWORK, 0.55, Party.SERVER),
            f"{attempt.label} was sent to another owner's host over plain HTTP ({_what(attempt)}).",
            (attempt.id,),
            slots_for(case, attempt),
            next_control="The same step in another network, for instance over mobile data.",
        )
    return None


SENT_ELSEWHERE = (
    Rule(
        "http_sent_to_sign_in",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "A session that ended, a token that the app did not send and a service that forgot both "
        "look the same.",
        "A log-in after which the same call is answered.",
        _to_sign_in,
        "{service} sends the call to a page for people.",
    ),
    Rule(
        "http_sent_to_one_place",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "A service that answers every call with one and the same place has taken itself away.",
        "A client that asks for what moved long ago.",
        _to_one_place,
        "{service} is failing: it {said}; your phone, app and account show no fault.",
    ),
    Rule(
        "http_sent_to_another_owner",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "A portal or a carrier can send plain calls where it likes; a service that moved does too.",
        "The same call from another network.",
        _detour,
        "{service} sends the call to another owner's host.",
    ),
)
