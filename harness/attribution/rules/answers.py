"""HTTP answers that arrived whole and say or are something wrong."""

from harness.attribution.answer import has_hole
from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.owners import owners_alike
from harness.attribution.rule import Match, Rule
from harness.attribution.tally import HostTally
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    capture_off,
    failed_alike,
    other_phone,
    probe_of,
    served_before,
    server_support,
)
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_BAD_BODY = {
    Kind.ANSWER_EMPTY: (0.8, "answered with an empty body where data is due"),
    Kind.ANSWER_HTML: (0.7, "answered with a page where data is due"),
    Kind.ANSWER_MALFORMED: (0.85, "answered with data that cannot be read"),
    Kind.ANSWER_UNDECODABLE: (0.8, "answered with a body that cannot be unpacked"),
    Kind.ANSWER_NO_SOCKET: (0.78, "answered with a page where a WebSocket was asked for"),
    Kind.ANSWER_REDIRECT_LOOP: (0.7, "sends the app in a circle"),
}

_GRPC_SERVER = frozenset({4, 12, 13, 14, 15, 2})
_GRPC_USED_UP = 8
_GRPC_ACCOUNT = frozenset({16, 7})
_GRPC_SHARED = frozenset({4, 12})
"""Deadline and method: the caller sets the one and names the other."""


_OUR_VERSION = 505
"""Of HTTP, that is not supported: our proxy chose the one it speaks to the service."""


def _refs(case: Case, attempt: Attempt) -> tuple[str, ...]:
    probe = probe_of(case, attempt)
    return (attempt.id, *((probe.id,) if probe is not None else ()))


def _plain(attempt: Attempt) -> bool:
    """Over plain HTTP anyone on the way may have answered."""
    return not attempt.origin_verified


_ANYONE = 0.5
"""One answer for unrelated owners, unsigned: somebody between may speak for all of them."""


def _at_fault(
    case: Case, attempt: Attempt, start: float, said: str, *, control: str = "", most: float = 1.0
) -> Match:
    """`most`: how sure look-alikes leave us that no control has told apart."""
    support = server_support(case, attempt)
    if _plain(attempt):
        most = min(most, _ANYONE if owners_alike(case, attempt) else MOST_ALONE)
        start -= 0.2 if attempt.kind is Kind.ANSWER_HTML else 0.1
    return Match(
        lean(
            Party.SERVER,
            min(most, sureness(start, support.supports, support.contradicts)),
            Party.NETWORK if _plain(attempt) else Party.CLIENT,
            Party.HARNESS,
        ),
        f"{attempt.host} {said} ({attempt.label}).",
        (*_refs(case, attempt), *support.refs),
        slots_for(case, attempt, said=said),
        next_control=control or "The host reached from our machine past the proxy.",
    )


def _busy(case: Case, attempt: Attempt) -> bool:
    """Many requests came just before: the service may have had enough of them."""
    tally = case.tally.hosts.get(attempt.host) or HostTally(attempt.role)
    return tally.busy_at(attempt.begun)


def _server_error(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_SERVER_ERROR):
        status = attempt.exchange.status if attempt.exchange else None
        shared = status == _OUR_VERSION or (status == 503 and _busy(case, attempt))
        most = MOST_ALONE if shared else 1.0
        return _at_fault(case, attempt, 0.85, f"answered with HTTP {status}", most=most)
    return None


def _too_many(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_TOO_MANY):
        if _busy(case, attempt):
            return Match(
                lean(Party.CLIENT, 0.45, Party.HARNESS, Party.SERVER),
                f"{attempt.host} refused more requests (HTTP 429), and there were many.",
                _refs(case, attempt),
                slots_for(case, attempt, said="refuses further requests"),
                next_control="The same step at an ordinary pace, after the time it asks for.",
            )
        return _at_fault(
            case,
            attempt,
            0.8,
            "answered with HTTP 429 to an ordinary pace",
            control="The same step after the time it asks for.",
        )
    return None


def _disliked(case: Case, attempt: Attempt) -> bool:
    """Somebody else than our strict reader, over our proxy, had no use for the answer."""
    kind, exchange = attempt.kind, attempt.exchange
    if kind is Kind.ANSWER_HTML:  # a doorkeeper may show such a page to our proxy alone
        return capture_off(case) == "failed" or other_phone(case) == "failed"
    if kind is not Kind.ANSWER_MALFORMED or (exchange is not None and exchange.content_encoding):
        return True  # empty, cut or in a circle: of no use to any app
    return not case.bare or bool(failed_alike(case, attempt))


def _bad_body(case: Case) -> Match | None:
    for attempt, failure in case.broken(_BAD_BODY):
        start, said = _BAD_BODY[failure.kind]
        most = 1.0 if _disliked(case, attempt) else MOST_ALONE
        return _at_fault(case, attempt, start, said, most=most)
    return None


def _grpc(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_GRPC):
        status = attempt.exchange.grpc_status if attempt.exchange else None
        said = f"answered with gRPC status {status}"
        if status is None:
            said = "ended its answer without the gRPC status that is due"
        if status == _GRPC_USED_UP:
            return Match(
                lean(Party.SERVER, 0.5, Party.ACCOUNT, Party.CLIENT),
                f"{attempt.host} {said} ({attempt.label}): whose share is used up is not said.",
                _refs(case, attempt),
                slots_for(case, attempt, said=said),
                next_control="The same call with a second account.",
            )
        if status is None or status in _GRPC_SERVER:
            most = MOST_ALONE if status in _GRPC_SHARED else 1.0
            return _at_fault(case, attempt, 0.85, said, most=most)
        first = Party.ACCOUNT if status in _GRPC_ACCOUNT else Party.CLIENT
        return Match(
            lean(first, 0.5, Party.SERVER),
            f"{attempt.host} {said} ({attempt.label}).",
            _refs(case, attempt),
            slots_for(case, attempt, said=said),
            next_control="The same call of another client with the same rights.",
        )
    return None


def _refused_request(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_BAD_REQUEST):
        exchange = attempt.exchange
        problem = exchange.request_problem if exchange else None
        # Unexplained, a service that has changed its mind looks the same.
        sure = 0.88 if problem else 0.58
        if exchange is not None and has_hole(exchange):
            sure, problem = 0.8, "it had no value for a part of the path"
        detail = f": {problem}" if problem else ""
        status = exchange.status if exchange else None
        return Match(
            lean(Party.CLIENT, sure, Party.SERVER, Party.HARNESS),
            f"{attempt.host} calls the request malformed (HTTP {status}){detail}.",
            _refs(case, attempt),
            slots_for(case, attempt, what=f"the service calls its request malformed{detail}."),
            next_control="The same request checked against the service's own description.",
        )
    return None


def _refused_rights(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_UNAUTHORIZED, Kind.ANSWER_FORBIDDEN):
        status = attempt.exchange.status if attempt.exchange else None
        unauthorized = attempt.kind is Kind.ANSWER_UNAUTHORIZED
        rest = (Party.CLIENT, Party.SERVER) if unauthorized else (Party.SERVER, Party.HARNESS)
        return Match(
            lean(Party.ACCOUNT, 0.45, *rest),
            f"{attempt.host} refuses the rights for {attempt.label} (HTTP {status}).",
            _refs(case, attempt),
            slots_for(case, attempt),
            next_control="The session checked by hand; the same step with the host passed through.",
        )
    return None


def _served_in_this_capture(case: Case, attempt: Attempt) -> bool:
    exchange = attempt.exchange
    key = (exchange.method, attempt.host, exchange.path) if exchange else None
    call = case.tally.calls.get(key) if key else None
    return call is not None and call.answered > 0


def _not_there(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_NOT_FOUND):
        status = attempt.exchange.status if attempt.exchange else None
        support = server_support(case, attempt)
        # The profile knows that this call exists, or it was answered at earlier runs.
        known = attempt.need is not None or served_before(case, attempt)
        known = known or _served_in_this_capture(case, attempt)
        hole = attempt.exchange is not None and has_hole(attempt.exchange)
        if hole:
            return Match(
                lean(Party.CLIENT, 0.78, Party.SERVER),
                f"The app asked for {attempt.label}: it had no value for a part of the path.",
                _refs(case, attempt),
                slots_for(case, attempt, said="does not know what the app asks for"),
                next_control="The same step of another build of the app.",
            )
        start = 0.65 if known else 0.5
        sure = sureness(start, support.supports if known else 0)
        return Match(
            lean(Party.SERVER, min(sure, 0.85), Party.CLIENT),
            f"{attempt.host} does not know {attempt.label} (HTTP {status}).",
            _refs(case, attempt),
            slots_for(case, attempt, said=f"does not know a call of its own app (HTTP {status})"),
            next_control="The same call of an older and a newer build of the app.",
        )
    return None


def _otherwise(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_REFUSED):
        status = attempt.exchange.status if attempt.exchange else None
        return Match(
            lean(Party.SERVER, 0.4, Party.CLIENT, Party.ACCOUNT),
            f"{attempt.host} refuses {attempt.label} (HTTP {status}).",
            _refs(case, attempt),
            slots_for(case, attempt),
            next_control="The same step of another build of the app, and with another account.",
        )
    return None


def _legal(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ANSWER_LEGAL):
        # Over plain HTTP the blocking page of a provider is answered in the service's name.
        sure = 0.5 if _plain(attempt) else 0.8
        return Match(
            lean(Party.SERVER, sure, Party.NETWORK),
            f"{attempt.host} withholds {attempt.label} for legal reasons (HTTP 451).",
            _refs(case, attempt),
            slots_for(case, attempt, what="the service is withheld here for legal reasons"),
            next_control="The same call from another region.",
        )
    return None


_SUMMARY = "{service} is failing: it {said}; your phone, app and account show no fault."
_WITHOUT_US = "The same call past our proxy that is answered rightly."

ANSWERS = (
    Rule(
        "http_server_error",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "By its own status (5xx) the origin says that the fault is its own.",
        "A status that our own proxy made up: those are recorded as errors, not as answers.",
        _server_error,
        "{service} is failing; your phone, app and account show no fault.",
    ),
    Rule(
        "http_too_many_requests",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "A service that turns an ordinary pace away is overloaded or limits wrongly.",
        "Many requests just before, ours or the app's.",
        _too_many,
        "{service} turns requests away; your phone, app and account show no fault.",
    ),
    Rule(
        "http_bad_body",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "The answer came whole from the verified origin and is not what the call is for.",
        _WITHOUT_US,
        _bad_body,
        _SUMMARY,
    ),
    Rule(
        "http_grpc_status",
        Layer.APPLICATION,
        Party.SERVER,
        Outcome.FAILED,
        "The status in the trailers is the service's own word.",
        "A status that speaks of the request or of rights.",
        _grpc,
        _SUMMARY,
    ),
    Rule(
        "http_request_refused",
        Layer.HTTP,
        Party.CLIENT,
        Outcome.FAILED,
        "The service answers in good order and calls the app's request malformed.",
        "A build of the app that sends the same and is served: then the service changed.",
        _refused_request,
        "The app itself failed: {what}",
    ),
    Rule(
        "http_rights_refused",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "A session that ended, a token the app did not renew, wrong rights on the server and a "
        "dislike of our proxy all read the same.",
        "An envelope that gives the reason.",
        _refused_rights,
        "{service} refuses the rights for this call.",
    ),
    Rule(
        "http_not_found",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "A call that this app is known to make is not known to its own service.",
        "A build of the app that asks for something that never was there.",
        _not_there,
        "{service} is failing: it {said}.",
    ),
    Rule(
        "http_refused_otherwise",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "A refusal by a status that tells no reason may be the service's, the app's or the "
        "account's.",
        "An envelope that gives the reason.",
        _otherwise,
        "{service} refuses this call.",
    ),
    Rule(
        "http_legal_reasons",
        Layer.HTTP,
        Party.SERVER,
        Outcome.BLOCKED,
        "The service itself says that the law forbids it here.",
        "The same answer in other regions.",
        _legal,
        "Stopped at a gate: {what}.",
    ),
)
