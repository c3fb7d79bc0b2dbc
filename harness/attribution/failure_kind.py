"""The closed vocabulary of failures on the wire (after W3C Network Error Logging)."""

from dataclasses import dataclass
from enum import StrEnum

from harness.domain.vocabulary import Layer


class FailureKind(StrEnum):
    """What went wrong on the wire or with the answer. The prefix names the layer."""

    DNS_NAME_NOT_RESOLVED = "dns.name_not_resolved"
    DNS_NO_ADDRESS = "dns.no_address"
    DNS_TEMPORARY = "dns.temporary"
    TCP_REFUSED = "tcp.refused"
    TCP_TIMED_OUT = "tcp.timed_out"
    TCP_RESET = "tcp.reset"
    TCP_UNREACHABLE = "tcp.unreachable"
    TCP_UNANSWERED = "tcp.unanswered"  # the app left while the connect was still pending
    TCP_FAILED = "tcp.failed"
    TLS_CLIENT_REFUSED = "tls.client_refused"  # the app does not take our certificate
    TLS_CLIENT_LEFT = "tls.client_left"  # left inside the handshake, no alert
    TLS_CLIENT_VERSION = "tls.client_version"
    TLS_CLIENT_SILENT = "tls.client_silent"  # handshake done, never a request
    TLS_CERTIFICATE_EXPIRED = "tls.server_certificate.expired"
    TLS_CERTIFICATE_NOT_YET_VALID = "tls.server_certificate.not_yet_valid"
    TLS_CERTIFICATE_HOSTNAME = "tls.server_certificate.hostname"
    TLS_CERTIFICATE_UNTRUSTED = "tls.server_certificate.untrusted"
    TLS_CERTIFICATE_SELF_SIGNED = "tls.server_certificate.self_signed"
    TLS_CERTIFICATE_INVALID = "tls.server_certificate.invalid"
    TLS_SERVER_CLOSED = "tls.server_closed"
    TLS_SERVER_ALERT = "tls.server_alert"
    TLS_SERVER_VERSION = "tls.server_version"
    TLS_SERVER_NOT_TLS = "tls.server_not_tls"
    TLS_SERVER_UNANSWERED = "tls.server_unanswered"
    TLS_SERVER_FAILED = "tls.server_failed"
    HTTP_NO_ANSWER = "http.no_answer"  # still waiting when the capture ended
    HTTP_TRUNCATED = "http.truncated"
    HTTP_RESET_BY_ORIGIN = "http.reset_by_origin"
    HTTP_RESET_BY_APP = "http.reset_by_app"  # by a code that calls the answer wrong
    HTTP_RESET = "http.reset"  # nobody can say by whom
    HTTP_CLOSED_BY_ORIGIN = "http.closed_by_origin"
    HTTP_MALFORMED_ANSWER = "http.malformed_answer"
    HTTP_MALFORMED_REQUEST = "http.malformed_request"
    HTTP_UPLOAD_CUT = "http.upload_cut"  # the app went away inside its own request
    HTTP_FAILED = "http.failed"
    ABANDONED_EARLY = "abandoned.early"
    ABANDONED_UNCLEAR = "abandoned.unclear"  # neither short nor as long as a usual time-out
    ABANDONED_AFTER_TIMEOUT = "abandoned.after_timeout"
    PROXY_KILLED = "proxy.killed"
    PROXY_SHUTDOWN = "proxy.shutdown"
    PROXY_BUFFERED = "proxy.buffered"
    PROXY_PROTOCOL = "proxy.protocol"
    PROXY_VALIDATION = "proxy.validation"
    PROXY_BODY_LIMIT = "proxy.body_limit"
    PROXY_CLIENT_CERTIFICATE = "proxy.client_certificate"
    PROXY_IDLE_TIMEOUT = "proxy.idle_timeout"
    PROXY_NO_SOCKET = "proxy.no_socket"  # this machine gave our proxy none
    PROXY_ANSWERED = "proxy.answered"  # a status that a mitmproxy made up, signed as its own
    UPSTREAM_REFUSED = "upstream.refused"  # a proxy beyond ours said no
    UPSTREAM_UNREACHED = "upstream.unreached"  # a proxy beyond ours could not get through
    ANSWER_SERVER_ERROR = "answer.status_5xx"
    ANSWER_TOO_MANY = "answer.status_429"
    ANSWER_UNAUTHORIZED = "answer.status_401"
    ANSWER_FORBIDDEN = "answer.status_403"
    ANSWER_NOT_FOUND = "answer.status_404"
    ANSWER_BAD_REQUEST = "answer.status_bad_request"
    ANSWER_REFUSED = "answer.status_4xx"  # any other refusal, its reason open
    ANSWER_PROXY_LOGIN = "answer.status_407"
    ANSWER_LEGAL = "answer.status_451"
    ANSWER_NO_SOCKET = "answer.no_websocket"  # a page in place of the WebSocket
    ANSWER_SIGN_IN = "answer.sent_to_sign_in"  # a call for data was sent to a page for people
    ANSWER_ALL_TO_ONE = "answer.sent_to_one_place"  # calls for data, to one page
    ANSWER_DETOUR = "answer.sent_elsewhere"  # the same, to another owner's host over plain HTTP
    ANSWER_REDIRECT_LOOP = "answer.redirect_loop"
    ANSWER_EMPTY = "answer.empty"
    ANSWER_HTML = "answer.html"
    ANSWER_MALFORMED = "answer.malformed_body"
    ANSWER_UNDECODABLE = "answer.undecodable"
    ANSWER_GRPC = "answer.grpc_status"
    ANSWER_WEBSOCKET_ERROR = "answer.websocket_closed_with_error"
    ANSWER_WEBSOCKET_REFUSED = "answer.websocket_refused"  # a close code that accuses
    ANSWER_WEBSOCKET_AWAY = "answer.websocket_going_away"  # the origin said good-bye
    ANSWER_WEBSOCKET_BY_ORIGIN = "answer.websocket_dropped_by_origin"
    ANSWER_WEBSOCKET_BY_APP = "answer.websocket_dropped_by_app"
    ENVELOPE_REFUSED = "envelope.refused"
    ENVELOPE_SHAPE = "envelope.shape_missing"
    ENVELOPE_VALUE = "envelope.value_empty"


_LAYERS = {
    "dns": Layer.DNS,
    "tcp": Layer.TCP,
    "tls": Layer.TLS,
    "http": Layer.HTTP,
    "abandoned": Layer.HTTP,
    "proxy": Layer.HOST,
    "upstream": Layer.TCP,
    "answer": Layer.HTTP,
    "envelope": Layer.APPLICATION,
}

CERTIFICATE_KINDS = frozenset(
    kind for kind in FailureKind if kind.startswith("tls.server_certificate")
)
BY_CLOCK_KINDS = frozenset(
    {FailureKind.TLS_CERTIFICATE_EXPIRED, FailureKind.TLS_CERTIFICATE_NOT_YET_VALID}
)
"""What a wrong clock of our own machine shows as well as an origin's old or early certificate."""
ABANDONED_KINDS = frozenset(kind for kind in FailureKind if kind.startswith("abandoned"))
PROXY_KINDS = frozenset(kind for kind in FailureKind if kind.startswith("proxy"))


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure of one connection or exchange.

    `wait` is how many seconds the app had waited; `after_head` says that the
    answer's head had already arrived; `known_issue` is an id of the catalogue.
    """

    kind: FailureKind
    text: str = ""
    wait: float | None = None
    after_head: bool = False
    known_issue: str | None = None

    @property
    def layer(self) -> Layer:
        """The layer on which it broke."""
        return _LAYERS[self.kind.partition(".")[0]]
