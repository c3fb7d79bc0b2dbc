"""Which facts of the wire call for a host-side probe at once, and of which host."""

from collections.abc import Iterable, Sequence

from harness.attribution.failure import connection_failure, exchange_failure
from harness.attribution.failure_kind import CERTIFICATE_KINDS, PROXY_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.matching import Matcher
from harness.domain.facts import Facts
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile, Need

# A probe of the origin says nothing about these: they are the app's or our own.
_PROBE_SAYS_NOTHING = frozenset(
    {
        Kind.TLS_CLIENT_VERSION,
        Kind.TLS_CLIENT_SILENT,
        Kind.HTTP_MALFORMED_REQUEST,
        Kind.HTTP_UPLOAD_CUT,
        Kind.PROXY_KILLED,
        Kind.PROXY_SHUTDOWN,
        Kind.PROXY_BUFFERED,
        Kind.PROXY_BODY_LIMIT,
        Kind.PROXY_NO_SOCKET,
    }
)

WAITING = 1.5
"""Seconds of silence after which a pending exchange or connection is worth a probe."""


def _exchange_suspicious(exchange: Exchange) -> bool:
    failure = exchange_failure(exchange)
    if failure is not None:
        return failure.kind not in _PROBE_SAYS_NOTHING
    if exchange.error is not None:
        return False  # an endless stream that the app left
    if exchange.ended is None:
        return True  # a pending line is only written when it takes long
    if exchange.status is None:
        return False
    if exchange.status >= 500 or exchange.status in {404, 421}:
        return True
    odd_body = exchange.body in {"empty", "malformed", "undecodable", "html"}
    refused = exchange.envelope is not None and exchange.envelope.refuses
    slow = exchange.head is not None and exchange.sent is not None
    return (
        refused
        or (odd_body and exchange.status == 200 and "json" in (exchange.content_type or ""))
        or bool(exchange.shape_missing)
        or (slow and (exchange.head or 0.0) - (exchange.sent or 0.0) >= WAITING)
    )


def _connection_suspicious(connection: Connection) -> bool:
    failure = connection_failure(connection)
    if failure is not None:
        return failure.kind not in _PROBE_SAYS_NOTHING
    waiting = connection.closed is None and connection.connect_begun is not None
    unfinished = connection.connect_done is None or (
        connection.server_tls_begun is not None and connection.server_tls_done is None
    )
    return waiting and unfinished


_MAYBE_OURS = frozenset(
    {
        Kind.TLS_CLIENT_REFUSED,
        Kind.TLS_CLIENT_LEFT,
        Kind.TLS_CLIENT_SILENT,
        Kind.TLS_SERVER_ALERT,
        *CERTIFICATE_KINDS,
        Kind.PROXY_PROTOCOL,
        Kind.PROXY_VALIDATION,
        Kind.PROXY_CLIENT_CERTIFICATE,
    }
)


def our_doing(facts: Facts) -> str | None:
    """The host whose failure may come of our decryption, or None: only then does it help to
    pass the host through."""
    match facts:
        case Exchange(host=str() as host):
            failure = exchange_failure(facts)
        case Connection(host=str() as host, passed_through=False):
            failure = connection_failure(facts)
        case _:
            return None
    return host if failure is not None and failure.kind in _MAYBE_OURS else None


_BY_OUR_VIEW = _MAYBE_OURS | {
    *PROXY_KINDS,
    Kind.DNS_NAME_NOT_RESOLVED,
    Kind.DNS_NO_ADDRESS,
    Kind.DNS_TEMPORARY,
    Kind.TCP_UNREACHABLE,
}
"""What the phone by itself may not meet: it has names, ways, a clock and authorities of its own."""


def capture_in_question(
    observations: Iterable[Observation], needs: Sequence[Need], profile: AppProfile
) -> bool:
    """Whether the same step without our capture may change the verdict on a failed one.

    It may where what the step needs failed in a way that our own place or proxy can bring
    about, and where it was never asked. Where the service answered, it did so itself.
    """
    matcher = Matcher(profile)
    endpoints = [point for need in needs for point in need.endpoints]
    roles = {role for point in endpoints for role in point.host_roles}
    asked = ours = False
    for seen in observations:
        match seen.facts:
            case Exchange() as call if any(
                matcher.serves(need, call.host, call.method, call.path) for need in needs
            ):
                if call.status is not None and call.error is None:
                    return False
                asked = True
                failure = exchange_failure(call)
            case Connection(host=str() as host) if matcher.role(host) in roles:
                failure = connection_failure(seen.facts)
                asked = asked or failure is not None
            case _:
                continue
        ours = ours or (failure is not None and failure.kind in _BY_OUR_VIEW)
    return bool(endpoints) and (ours or not asked)


def suspect(facts: Facts) -> tuple[str, int] | None:
    """(host, port) to probe now, or None when a probe could change no verdict."""
    match facts:
        case Exchange() if facts.host and _exchange_suspicious(facts):
            return facts.host, facts.port
        case Connection(host=str() as host, port=int() as port) if _connection_suspicious(facts):
            return host, port
        case _:
            return None
