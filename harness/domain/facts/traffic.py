"""What the proxy saw on the wire: connections and exchanges, without any secret."""

from dataclasses import dataclass, field

Values = dict[str, int | str | None]
"""Body values by the names that the profile gives them."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection of an app to the proxy and the origin connection made for it.

    Kind "connection": over, or failed. Kind "connection.pending": still waiting
    for the origin. Times are monotonic seconds of the host; None = did not happen.
    Errors are mitmproxy's own texts: match on tails, they change between versions.
    """

    client: str  # mitmproxy's id of the client connection
    opened: float
    closed: float | None = None
    host: str | None = None  # as the app asked for it (CONNECT, SNI or Host)
    port: int | None = None
    sni: str | None = None
    passed_through: bool = False  # not decrypted on purpose
    address: str | None = None  # origin's IP:port when TCP came up
    connect_begun: float | None = None  # server_connect
    connect_done: float | None = None  # server_connected
    connect_error: str | None = None  # server_connect_error
    connect_refused_status: int | None = None  # the proxy's own answer to CONNECT
    hello: float | None = None  # the app's ClientHello arrived
    server_tls_begun: float | None = None
    server_tls_done: float | None = None
    server_tls_error: str | None = None
    server_tls_version: str | None = None
    server_alpn: str | None = None
    origin_closed_early: bool = False  # origin gone before its TLS began (eager stall)
    client_tls_begun: float | None = None
    client_tls_done: float | None = None
    client_tls_error: str | None = None
    client_tls_version: str | None = None
    client_alpn: str | None = None
    alert_after_handshake: str | None = None  # the app's; tail of the log's "TLS Error: … alert …"
    origin_alert: str | None = None  # the origin's after the handshake (wants a certificate)
    requests: int = 0
    bytes_up: int = 0  # only counted for passed-through connections
    bytes_down: int = 0
    asked_last: float | None = None  # the app last sent as much as a request; passed through
    down_since_asked: int = 0  # bytes that came back after that
    ended_by: str | None = None  # "app", "origin", "proxy"; None = not known


@dataclass(frozen=True)  # no slots, as Exchange
class Envelope:
    """The app-level answer inside an HTTP 200, as the profile says to read it."""

    family: str  # name of the envelope in the profile
    code: int | None  # 0 = the service calls it a success
    message: str = ""  # redacted, cut to 200 characters
    logid: str | None = None  # the server's own id of this answer
    server_time: float | None = None  # UTC seconds, from the logid or the body
    refused: bool = False  # it says so itself, with or without a number

    @property
    def refuses(self) -> bool:
        """Whether the answer is a refusal inside a good HTTP answer."""
        return self.refused or self.code not in {0, None}

    @property
    def name(self) -> str:
        """The family with its number, where there is one."""
        return self.family if self.code is None else f"{self.family} {self.code}"


# Without slots: a decoder fills such a record in a third of the time, and a capture holds
# hundreds of thousands of them, few of which are kept.
@dataclass(frozen=True)
class Exchange:
    """One request and what became of it.

    Kind "exchange": answered or failed. Kind "exchange.pending": still waiting.
    Times are monotonic seconds of the host. `status` is the origin's; an answer
    that the proxy made up leaves it None and sets `error`. After the answer's
    head a failure leaves both: test `error` first.
    """

    flow: str
    client: str  # joins to Connection.client
    ordinal: int  # 1-based number of the request on the app's connection
    method: str
    scheme: str
    host: str
    port: int
    path: str  # secrets and identifiers taken out, no query
    http_version: str
    begun: float
    sent: float | None = None  # request complete
    head: float | None = None  # answer's head arrived
    ended: float | None = None
    status: int | None = None
    error: str | None = None
    client_open: bool | None = None  # connection states when it ended
    server_open: bool | None = None
    reset_by: str | None = None  # "app" or "origin" for HTTP/2 and HTTP/3 resets
    request_bytes: int = 0
    response_bytes: int | None = None
    content_type: str | None = None
    content_encoding: str | None = None
    server_header: str | None = None
    retry_after: str | None = None
    location: str | None = None  # host and path of a redirect
    # body: json, html, text, empty, protobuf, binary, undecodable, malformed, none
    body: str = "none"
    streamed: bool = False
    envelope: Envelope | None = None
    values: Values = field(default_factory=dict)  # the alias would be five times as slow
    """Body values that the profile names (follower_count, items …), for comparison."""
    shape_missing: tuple[str, ...] = ()
    """Keys that the profile expects in a success of this endpoint and that are absent."""
    grpc_status: int | None = None
    websocket_close: int | None = None
    websocket_closed_by: str | None = None  # "app" or "origin"
    request_problem: str | None = None  # why the proxy or origin calls the request malformed
    date: float | None = None  # the origin's Date header, UTC seconds
    upgrade: str | None = None  # what the request asked to switch to ("websocket")
