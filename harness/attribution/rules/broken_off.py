"""Exchanges that one side broke off, cut or garbled."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure import IMPATIENT
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.http2_code import ACCUSING, OF_THE_CONNECTION, http2_code
from harness.attribution.owners import SHARED_WAY, owners_alike
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import Support, probe_of, server_support
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_ORIGIN = {
    Kind.HTTP_RESET_BY_ORIGIN: (0.8, "reset the request"),
    Kind.HTTP_CLOSED_BY_ORIGIN: (0.8, "closed the connection without an answer"),
    Kind.HTTP_TRUNCATED: (0.85, "cut its answer short"),
    Kind.HTTP_MALFORMED_ANSWER: (0.87, "answered with something that is not HTTP"),
    Kind.ANSWER_WEBSOCKET_ERROR: (0.85, "closed the WebSocket and called it an error of its own"),
    Kind.ANSWER_WEBSOCKET_AWAY: (0.62, "closed the WebSocket and said that it goes away"),
    Kind.ANSWER_WEBSOCKET_BY_ORIGIN: (0.72, "dropped the WebSocket without a close frame"),
}

_UNSIGNED = frozenset(
    {Kind.HTTP_CLOSED_BY_ORIGIN, Kind.HTTP_TRUNCATED, Kind.ANSWER_WEBSOCKET_BY_ORIGIN}
)
"""Ends of a connection below TLS: whoever stands on the way can make them as well."""

_PROBE = "The host reached from our machine past the proxy."


def _refs(case: Case, attempt: Attempt) -> tuple[str, ...]:
    probe = probe_of(case, attempt)
    return (attempt.id, *((probe.id,) if probe is not None else ()))


def _stale_connection(attempt: Attempt) -> bool:
    """A later request on a connection that the origin closed at that very moment."""
    exchange = attempt.exchange
    return (
        attempt.kind is Kind.HTTP_CLOSED_BY_ORIGIN
        and exchange is not None
        and exchange.ordinal > 1
        and exchange.http_version.startswith("HTTP/1")
        and (attempt.failure is not None and (attempt.failure.wait or 0.0) < 0.2)
    )


def _wants_another_connection(case: Case, attempt: Attempt, code: str) -> Match:
    return Match(
        lean(Party.SERVER, 0.5, Party.HARNESS),
        f"{attempt.host} does not want the connection that our proxy made ({code}).",
        _refs(case, attempt),
        slots_for(case, attempt, said=f"ended the request with {code}"),
        next_control="The same step with the host passed through.",
    )


def _by_origin(case: Case) -> Match | None:
    for attempt, failure in case.broken(_ORIGIN):
        code = http2_code(failure.text)
        if code in OF_THE_CONNECTION:
            return _wants_another_connection(case, attempt, code)
        start, said = _ORIGIN[failure.kind]
        support = server_support(case, attempt)
        stale = _stale_connection(attempt)
        if stale:
            start = 0.62  # the same host answered just before: that supports nothing here
            support = Support(supports=min(support.supports, 1))
        sure = sureness(start, support.supports, support.contradicts)
        if failure.kind in _UNSIGNED or code in ACCUSING:
            sure = min(sure, MOST_ALONE)  # what it accuses may be our proxy's or the app's
        if failure.kind in _UNSIGNED and owners_alike(case, attempt):
            sure = min(sure, SHARED_WAY)
        return Match(
            lean(
                Party.SERVER,
                sure,
                Party.HARNESS if stale else Party.NETWORK,
                Party.CLIENT,
            ),
            f"{attempt.host} {said} ({attempt.label}).",
            (*_refs(case, attempt), *support.refs),
            slots_for(case, attempt, said=said),
            known_issue="stale-keep-alive" if stale else None,
            next_control=_PROBE,
        )
    return None


def _by_app(case: Case) -> Match | None:
    starts = {
        Kind.HTTP_UPLOAD_CUT: (0.85, "went away inside its own request"),
        Kind.HTTP_MALFORMED_REQUEST: (0.87, "sent a request that is not well formed"),
        Kind.ANSWER_WEBSOCKET_BY_APP: (0.56, "dropped the WebSocket without a close frame"),
    }
    for attempt, failure in case.broken(starts):
        start, said = starts[failure.kind]
        alike = [other for other in case.failing(failure.kind) if other.id != attempt.id]
        problem = attempt.exchange is not None and attempt.exchange.request_problem is not None
        support = Support().add(holds=bool(alike))
        support.add(holds=problem and failure.kind is Kind.HTTP_MALFORMED_REQUEST)
        sure = sureness(start, support.supports)
        if failure.kind is Kind.HTTP_UPLOAD_CUT and (failure.wait or 0.0) >= IMPATIENT:
            sure = min(sure, 0.66)  # an origin that takes no more of it looks the same
        return Match(
            lean(
                Party.CLIENT, sure, Party.SERVER if sure < start else Party.HARNESS, Party.NETWORK
            ),
            f"The app {said} ({attempt.label}).",
            (attempt.id,),
            slots_for(case, attempt, what=f"it {said}."),
            next_control="The phone's log at that moment.",
        )
    return None


def _accused(case: Case) -> Match | None:
    """A close code by which one side of a WebSocket calls the other's messages wrong."""
    for attempt in case.failing(Kind.ANSWER_WEBSOCKET_REFUSED):
        exchange = attempt.exchange
        by_app = exchange is not None and exchange.websocket_closed_by == "app"
        first, second = (Party.SERVER, Party.CLIENT) if by_app else (Party.CLIENT, Party.SERVER)
        who = "The app" if by_app else attempt.host
        what = attempt.failure.text if attempt.failure else ""
        return Match(
            lean(first, 0.5, second, Party.ACCOUNT),
            f"{who} ended the WebSocket of {attempt.label} with {what}.",
            (attempt.id,),
            slots_for(case, attempt),
            next_control="The phone's log at that moment, and the same step of another build.",
        )
    return None


def _rejected(case: Case) -> Match | None:
    """The app reset the stream with a code that calls what it was given wrong."""
    for attempt in case.failing(Kind.HTTP_RESET_BY_APP):
        return Match(
            lean(Party.SERVER, 0.45, Party.CLIENT, Party.HARNESS),
            f"The app called the answer to {attempt.label} wrong "
            f"({http2_code(attempt.failure.text) if attempt.failure else ''}).",
            _refs(case, attempt),
            slots_for(case, attempt),
            next_control="The same step with the host passed through.",
        )
    return None


def _not_http(case: Case) -> Match | None:
    """Bytes inside TLS that are no HTTP: only a line of the proxy's log tells."""
    clients = {attempt.client for attempt in case.failures}
    for seen in case.witnesses.proxy_logs:
        told = "bad http request" in seen.facts.text.lower()
        ours = case.bare and (not clients or seen.facts.client in clients)
        in_time = case.window[0] <= seen.mono <= case.window[1]
        if told and (ours or (not case.bare and in_time)):
            return Match(
                lean(Party.CLIENT, 0.58, Party.HARNESS),
                "The app sent bytes that are no HTTP request.",
                (seen.id,),
                slots_for(case, None, what="it sent something that is no HTTP request."),
                next_control="The same step with the host passed through.",
            )
    return None


def _somebody(case: Case) -> Match | None:
    for attempt in case.failing(Kind.HTTP_RESET, Kind.HTTP_FAILED):
        support = server_support(case, attempt)
        return Match(
            lean(Party.SERVER, 0.55 if support.supports > 1 else 0.45, Party.CLIENT),
            f"{attempt.label} was broken off; which side did it was not seen.",
            _refs(case, attempt),
            slots_for(case, attempt),
            known_issue="reset-wording",
            next_control="The same call once more with the side of the reset recorded.",
        )
    return None


BROKEN_OFF = (
    Rule(
        "websocket_refused",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "The code says that something sent was not acceptable; who is right, it does not say.",
        "The messages themselves, held against the protocol's description.",
        _accused,
        "{service} and the app do not understand each other.",
    ),
    Rule(
        "http_broken_by_origin",
        Layer.HTTP,
        Party.SERVER,
        Outcome.FAILED,
        "The origin's side was closed or reset while the app's side was still open.",
        "A middlebox that ends connections: another network shows it.",
        _by_origin,
        "{service} is failing: it {said}; your phone, app and account show no fault.",
    ),
    Rule(
        "http_broken_by_app",
        Layer.HTTP,
        Party.CLIENT,
        Outcome.FAILED,
        "The app's own message was incomplete or malformed; the origin never got a proper one.",
        "The same bytes sent by another client that the origin takes.",
        _by_app,
        "The app itself failed: {what}",
    ),
    Rule(
        "http_answer_rejected",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "The code says that what arrived was wrong; whether the service, our proxy or the app's "
        "reading of it was, it does not say.",
        "The same answer taken by another client.",
        _rejected,
        "The app does not take the answer of {service}.",
    ),
    Rule(
        "client_not_http",
        Layer.HTTP,
        Party.CLIENT,
        Outcome.FAILED,
        "Where HTTP is due the app sent something else.",
        "A protocol of the app's own, which our proxy should let pass.",
        _not_http,
        "The app itself failed: {what}",
    ),
    Rule(
        "http_broken_by_somebody",
        Layer.HTTP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "The proxy's text names the client whoever reset, so it tells nothing.",
        "A record of the side on which the reset came in.",
        _somebody,
        "A call to {host} was broken off.",
    ),
)
