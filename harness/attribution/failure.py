"""What failed on one exchange or connection, told from states, times and texts."""

from dataclasses import dataclass

from harness.attribution import failure_text as texts
from harness.attribution.failure_kind import Failure
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.http2_code import ACCUSING, http2_code
from harness.domain.facts.traffic import Connection, Exchange

USUAL_TIMEOUT = 10.0
"""Seconds; the default time-out of the commonest Android HTTP stack."""

IMPATIENT = 1.0
"""An app of unknown habits that leaves within this many seconds did not time out."""

REFUSAL_SECONDS = 0.5
"""An app that leaves inside the handshake within this time refused; later it waited."""

NOTICEABLE = 0.9
"""Seconds of silence from which a pending handshake counts as unanswered."""


_UPLOADS = frozenset({"POST", "PUT", "PATCH"})
"""Methods whose requests carry a body, which may have stayed unfinished."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the app waits for this call. `known` = the profile says so."""

    seconds: float = USUAL_TIMEOUT
    known: bool = False

    def judge(self, wait: float | None) -> Kind:
        """Whether the app that left after `wait` seconds left early or timed out."""
        if wait is None:
            return Kind.ABANDONED_UNCLEAR
        if wait >= 0.85 * self.seconds:
            return Kind.ABANDONED_AFTER_TIMEOUT
        early = 0.5 * self.seconds if self.known else IMPATIENT
        return Kind.ABANDONED_EARLY if wait < early else Kind.ABANDONED_UNCLEAR


def _waited(exchange: Exchange) -> float | None:
    """Seconds since the app last got or sent something, until the end."""
    if exchange.ended is None:
        return None
    since = exchange.head or exchange.sent or exchange.begun
    return max(0.0, exchange.ended - since)


def _app_left(exchange: Exchange, patience: Patience) -> Failure | None:
    wait = _waited(exchange)
    after_head = exchange.status is not None
    text = exchange.error or ""
    if after_head and (exchange.content_type or "").startswith("text/event-stream"):
        if exchange.streamed:
            return None  # leaving an endless stream is how such a stream ends
        return Failure(Kind.PROXY_BUFFERED, text, wait, after_head)
    uploads = exchange.request_bytes or exchange.method in _UPLOADS
    if exchange.sent is None and uploads and not after_head:
        return Failure(Kind.HTTP_UPLOAD_CUT, text, wait)
    return Failure(patience.judge(wait), text, wait, after_head)


def _reset(exchange: Exchange, patience: Patience) -> Failure | None:
    """A stream reset: the text always names the client, so only `reset_by` counts."""
    after_head = exchange.status is not None
    if exchange.reset_by == "app":
        text = exchange.error or ""
        if http2_code(text) in ACCUSING:
            return Failure(Kind.HTTP_RESET_BY_APP, text, _waited(exchange), after_head)
        return _app_left(exchange, patience)
    kind = Kind.HTTP_RESET_BY_ORIGIN if exchange.reset_by == "origin" else Kind.HTTP_RESET
    return Failure(kind, exchange.error or "", _waited(exchange), after_head)


def _by_states(exchange: Exchange, patience: Patience) -> Failure | None:
    """Whoever's connection is closed while the other's is open has left."""
    text, after_head = exchange.error or "", exchange.status is not None
    if exchange.reset_by is not None:
        return _reset(exchange, patience)
    if exchange.client_open is False and exchange.server_open is True:
        return _app_left(exchange, patience)
    if exchange.client_open and exchange.server_open is False:
        kind = Kind.HTTP_TRUNCATED if after_head else Kind.HTTP_CLOSED_BY_ORIGIN
        return Failure(kind, text, _waited(exchange), after_head)
    return Failure(Kind.HTTP_FAILED, text, _waited(exchange), after_head)


def _incomplete_body(exchange: Exchange) -> Failure:
    """One text for a cut upload and a cut download: the hooks tell which."""
    text = exchange.error or ""
    if exchange.status is not None:
        return Failure(Kind.HTTP_TRUNCATED, text, _waited(exchange), after_head=True)
    if exchange.sent is None or exchange.client_open is False:
        return Failure(Kind.HTTP_UPLOAD_CUT, text, _waited(exchange))
    return Failure(Kind.HTTP_FAILED, text, _waited(exchange))


def _proxy_said(exchange: Exchange, lowered: str) -> Failure | None:
    text = exchange.error or ""
    if "connection killed" in lowered:
        return Failure(Kind.PROXY_KILLED, text)
    if "upstream proxy" in lowered and "refused" in lowered:
        unreached = any(code in lowered for code in (": 502", ": 503", ": 504"))
        return Failure(Kind.UPSTREAM_UNREACHED if unreached else Kind.UPSTREAM_REFUSED, text)
    if "due to inactivity" in lowered:
        return Failure(Kind.PROXY_IDLE_TIMEOUT, text)
    return None


def exchange_failure(exchange: Exchange, patience: Patience | None = None) -> Failure | None:
    """The transport failure of an exchange that is over; None if it was answered whole."""
    if exchange.error is None:
        return None
    patience = patience or Patience()
    text, lowered = exchange.error, exchange.error.lower()
    said = _proxy_said(exchange, lowered)
    if said is not None:
        return said
    if lowered == "client disconnected":
        return Failure(Kind.TCP_UNANSWERED, text, _waited(exchange))
    if lowered.startswith("client disconnected"):
        return _app_left(exchange, patience)
    if "stream reset by" in lowered or "stream closed by" in lowered:
        return _reset(exchange, patience)
    if "without sending complete message body" in lowered:
        return _incomplete_body(exchange)
    if lowered == "server closed connection":
        if exchange.client_open is False:
            # Only our own shutdown closes both sides before this message.
            return Failure(Kind.PROXY_SHUTDOWN, text)
        return Failure(Kind.HTTP_CLOSED_BY_ORIGIN, text, _waited(exchange))
    kind = texts.malformed(text)
    if kind is not None:
        issue = "h1-app-h2-origin" if kind is Kind.PROXY_PROTOCOL else None
        return Failure(kind, text, known_issue=issue)
    kind = texts.connect_failure(text) or texts.server_tls_failure(text)
    if kind is not None and exchange.status is None:
        return Failure(kind, text, _waited(exchange))
    return _by_states(exchange, patience)


def pending_failure(exchange: Exchange, until: float, patience: Patience | None = None) -> Failure:
    """An exchange without an end, seen until `until` (monotonic seconds)."""
    patience = patience or Patience()
    since = exchange.head or exchange.sent or exchange.begun
    wait = max(0.0, until - since)
    after_head = exchange.head is not None
    if wait >= 0.85 * patience.seconds:
        return Failure(Kind.HTTP_NO_ANSWER, "", wait, after_head)
    return Failure(Kind.PROXY_SHUTDOWN, "", wait, after_head)


def _connect(connection: Connection, end: float | None) -> Failure | None:
    begun = connection.connect_begun
    wait = None if begun is None or end is None else max(0.0, end - begun)
    if connection.connect_error is not None:
        if connection.connect_error.strip().lower() == "client disconnected":
            return Failure(Kind.TCP_UNANSWERED, connection.connect_error, wait)
        kind = texts.connect_failure(connection.connect_error) or Kind.TCP_FAILED
        return Failure(kind, connection.connect_error, wait)
    if begun is not None and connection.connect_done is None and wait is not None:
        return Failure(Kind.TCP_UNANSWERED, "", wait) if wait >= NOTICEABLE else None
    return None


def _server_tls(connection: Connection, end: float | None) -> Failure | None:
    begun = connection.server_tls_begun
    wait = None if begun is None or end is None else max(0.0, end - begun)
    error = connection.server_tls_error
    if connection.origin_closed_early:
        return Failure(Kind.TLS_SERVER_CLOSED, error or "", wait, known_issue="eager-stall")
    if error is not None:
        kind = texts.server_tls_failure(error) or Kind.TLS_SERVER_FAILED
        if kind is Kind.TLS_SERVER_CLOSED and (wait or 0.0) >= NOTICEABLE:
            # The app left while the origin was silent; that ended the handshake.
            kind = Kind.TLS_SERVER_UNANSWERED
        return Failure(kind, error, wait)
    if begun is not None and connection.server_tls_done is None and wait is not None:
        return Failure(Kind.TLS_SERVER_UNANSWERED, "", wait) if wait >= NOTICEABLE else None
    return None


def _client_tls(connection: Connection) -> Failure | None:
    if connection.origin_alert is not None:
        return Failure(Kind.PROXY_CLIENT_CERTIFICATE, connection.origin_alert)
    if connection.alert_after_handshake is not None:
        kind = texts.alert_after_handshake(connection.alert_after_handshake)
        if kind is not None:
            return Failure(kind, connection.alert_after_handshake)
    if connection.client_tls_error is not None:
        kind = texts.client_tls_failure(connection.client_tls_error)
        if kind is None:
            return None
        begun, closed = connection.client_tls_begun, connection.closed
        wait = None if begun is None or closed is None else max(0.0, closed - begun)
        return Failure(kind, connection.client_tls_error, wait)
    if connection.client_tls_done is not None and connection.closed is not None:
        over = connection.requests == 0 and not connection.passed_through
        wait = max(0.0, connection.closed - connection.client_tls_done)
        return Failure(Kind.TLS_CLIENT_SILENT, "", wait) if over else None
    return None


def connection_failure(connection: Connection, until: float | None = None) -> Failure | None:
    """The failure of a connection below HTTP; None if it came up as it should.

    `until` is when it was last known to be open, for one that has no end.
    """
    end = connection.closed if connection.closed is not None else until
    return _connect(connection, end) or _server_tls(connection, end) or _client_tls(connection)
