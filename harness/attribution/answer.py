"""What is wrong with an answer that arrived whole: status, body, envelope, values."""

import re

from harness.attribution.failure_kind import Failure
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.signature import filter_name
from harness.attribution.site import site_of
from harness.domain.facts.traffic import Exchange
from harness.domain.profile import Need

_BAD_REQUEST = frozenset({400, 405, 406, 411, 413, 414, 415, 417, 422, 431})
_CONDITIONAL = frozenset({409, 412, 416})
"""Right answers to a request that asked for something under a condition, or twice."""

_BY_STATUS = {
    401: Kind.ANSWER_UNAUTHORIZED,
    403: Kind.ANSWER_FORBIDDEN,
    404: Kind.ANSWER_NOT_FOUND,
    407: Kind.ANSWER_PROXY_LOGIN,
    410: Kind.ANSWER_NOT_FOUND,
    421: Kind.ANSWER_NOT_FOUND,
    429: Kind.ANSWER_TOO_MANY,
    451: Kind.ANSWER_LEGAL,
    511: Kind.ANSWER_PROXY_LOGIN,  # RFC 6585, 6: sent by what stands between, never by an origin
}

KNOWN_CODINGS = frozenset({"gzip", "x-gzip", "br", "deflate", "zstd", "identity", ""})
"""Content codings that the proxy can undo."""

_API_PATH = re.compile(r"(^|/)(api|rest|rpc|graphql|v\d+(\.\d+)?)(/|$)|\.json$", re.IGNORECASE)

_RPC_PATH = re.compile(r"/[\w.]*\.[A-Z]\w*/[A-Z]\w*$")
"""gRPC and its kin: /package.Service/Method (gRPC over HTTP/2, Path)."""

_BODILESS = frozenset({204, 205, 304})

_SIGN_IN = re.compile(
    r"/(log[-_]?in|sign[-_]?in|sso|oauth2?|openid|authorize|auth|captcha|challenge)(/|$|\.)",
    re.IGNORECASE,
)
"""Places where a person proves who, or that, he is."""

_EXCUSE = re.compile(
    r"/(maintenance|unavailable|sorry|outage|busy|error(s|page)?)(/|$|\.)", re.IGNORECASE
)
"""Places where a service apologises."""

ABNORMAL_CLOSE = 1006
"""WebSocket: the connection went away without a close frame (RFC 6455, section 7.4.1)."""

SERVER_CLOSES = frozenset({1011, 1012, 1013, 1014})
"""WebSocket: internal error, restart, try again later, bad gateway (IANA registry)."""

ACCUSING_CLOSES = frozenset({1002, 1003, 1007, 1008, 1009, 1010})
"""WebSocket: whoever sends one of these calls what the other one sent wrong (RFC 6455, 7.4.1)."""

GOING_AWAY = 1001
"""WebSocket: a server that goes down, or a page that is left (RFC 6455, 7.4.1)."""

PRIVATE_CLOSES = range(4000, 5000)
"""WebSocket: codes whose meaning only the app and its service know."""

_STATIC_PATH = re.compile(
    r"\.(png|jpe?g|gif|webp|avif|svg|ico|css|js|mjs|map|woff2?|ttf|otf|mp3|mp4|m4s|ts|webm)$",
    re.IGNORECASE,
)


def is_ornament(exchange: Exchange) -> bool:
    """A picture, font, script or clip: one of many, which an app can do without."""
    return bool(_STATIC_PATH.search(exchange.path))


_HOLE = re.compile(
    r"(^|/)(null|undefined|NaN|\[object Object\]|%5Bobject%20Object%5D"
    r"|\$?\{\w*\}|(\$|%24)?%7B\w*%7D|:[a-z]\w*|<[a-z]\w*>|%3C[a-z]\w*%3E)(/|$)"
)
"""What a client writes into a path where it has no value: JavaScript's and Java's own words, and
the names that templates of paths have."""


def has_hole(exchange: Exchange) -> bool:
    """The path names a value that the client did not have."""
    return bool(_HOLE.search(exchange.path))


def data_is_due(exchange: Exchange, need: Need | None) -> bool:
    """Whether data, not a page, is what this call asks for."""
    remote = exchange.method == "POST" and bool(_RPC_PATH.match(exchange.path))
    return need is not None or remote or bool(_API_PATH.search(exchange.path))


_PROXYS_NAME = "mitmproxy "
"""Begins the Server header of every answer that mitmproxy makes up (its version follows)."""


_NOT_THROUGH = frozenset({502, 503, 504})
"""By these a gateway says that it did not get an answer itself."""


def _between(exchange: Exchange, need: Need | None) -> Failure | None:
    """A refusal, or a page or detour in place of data, signed by what stands on the way."""
    name, status = filter_name(exchange), exchange.status or 0
    if name is None or status == 407:
        return None
    text = f"HTTP {status}, signed {name}"
    if status in _NOT_THROUGH:
        return Failure(Kind.UPSTREAM_UNREACHED, text)
    detour = (300 <= status < 400 and exchange.location is not None) or exchange.body == "html"
    refused = status >= 400 or (detour and data_is_due(exchange, need))
    return Failure(Kind.UPSTREAM_REFUSED, text) if refused else None


def _status(exchange: Exchange, status: int) -> Failure | None:
    if (exchange.server_header or "").startswith(_PROXYS_NAME):
        return Failure(Kind.PROXY_ANSWERED, f"HTTP {status}", known_issue="synthetic-502")
    # A certificate that was verified leaves nobody between who could say so.
    between = status == 511 and exchange.scheme == "http"
    if status >= 500 and not between:
        return Failure(Kind.ANSWER_SERVER_ERROR, f"HTTP {status}")
    kind = _BY_STATUS.get(status)
    if kind is None and status in _BAD_REQUEST:
        kind = Kind.ANSWER_BAD_REQUEST
    if kind is None and status < 500 and status not in _CONDITIONAL:
        kind = Kind.ANSWER_REFUSED
    if kind is None:
        return None
    return Failure(kind, exchange.request_problem or f"HTTP {status}")


def _body(exchange: Exchange, need: Need | None) -> Failure | None:
    if exchange.method == "HEAD" or exchange.status in _BODILESS or exchange.grpc_status == 0:
        return None
    json_announced = "json" in (exchange.content_type or "")
    if exchange.body == "empty":
        due = json_announced or (need is not None and bool(need.expects))
        return Failure(Kind.ANSWER_EMPTY) if due else None
    if exchange.body == "malformed":
        return Failure(Kind.ANSWER_MALFORMED)
    if exchange.body == "undecodable":
        coding = (exchange.content_encoding or "").strip().lower()
        # A coding that the proxy does not know is our blindness, not a broken answer.
        return Failure(Kind.ANSWER_UNDECODABLE, coding) if coding in KNOWN_CODINGS else None
    due = json_announced or data_is_due(exchange, need) or is_ornament(exchange)
    if exchange.body == "html" and due:
        return Failure(Kind.ANSWER_HTML)
    told = need is not None and bool(need.expects) and (exchange.status or 0) < 300
    if exchange.body in {"text", "binary"} and told:
        return Failure(Kind.ANSWER_MALFORMED, f"{exchange.body} in place of data")
    return None


def _sent_elsewhere(exchange: Exchange, need: Need | None) -> Failure | None:
    """A redirect of a call for data to where no data can be."""
    status, place = exchange.status or 0, exchange.location
    due = _API_PATH.search(exchange.path) or (need is not None and need.expects)
    if not 300 <= status < 400 or place is None or not due:
        return None
    host, _, path = place.partition("/")
    if _SIGN_IN.search(f"/{path}") or _SIGN_IN.search(f"/{host.split('.')[0]}/"):
        return Failure(Kind.ANSWER_SIGN_IN, f"HTTP {status} to {place}")
    foreign = bool(host) and site_of(host) != site_of(exchange.host)
    if _EXCUSE.search(f"/{path}"):
        return Failure(Kind.ANSWER_ALL_TO_ONE, f"HTTP {status} to {place}")
    if exchange.scheme == "http" and foreign:
        return Failure(Kind.ANSWER_DETOUR, f"HTTP {status} to {place}")
    return None


def _empty(value: object) -> bool:
    return value in (0, "", None) or (isinstance(value, int) and value < 0)


def empty_value(exchange: Exchange, need: Need) -> str | None:
    """A value of a success that cannot be 0, below or blank by the answer's own word."""
    values = exchange.values
    for name in need.positive:
        value = values.get(name)
        if isinstance(value, int) and value < 0:
            return name
    for name in need.nonempty:
        if name in values and _empty(values[name]):
            return name
    for name, bound in need.at_least.items():
        other = values.get(bound)
        if name in values and _empty(values[name]) and isinstance(other, int) and other > 0:
            return name
    return None


def _application(exchange: Exchange, need: Need | None) -> Failure | None:
    envelope = exchange.envelope
    if envelope is not None and envelope.refuses:
        return Failure(Kind.ENVELOPE_REFUSED, envelope.name)
    if exchange.status is None or not 200 <= exchange.status < 300:
        return None
    if exchange.shape_missing:
        return Failure(Kind.ENVELOPE_SHAPE, ", ".join(exchange.shape_missing))
    name = empty_value(exchange, need) if need is not None else None
    return Failure(Kind.ENVELOPE_VALUE, name) if name is not None else None


def _other_protocols(exchange: Exchange) -> Failure | None:
    if exchange.grpc_status:
        return Failure(Kind.ANSWER_GRPC, f"gRPC {exchange.grpc_status}")
    if exchange.upgrade == "websocket" and 200 <= (exchange.status or 0) < 300:
        return Failure(Kind.ANSWER_NO_SOCKET, f"HTTP {exchange.status}")
    if _grpc_unfinished(exchange):
        return Failure(Kind.ANSWER_GRPC, "no gRPC status")
    if exchange.websocket_close == ABNORMAL_CLOSE:
        by_app = exchange.websocket_closed_by == "app"
        kind = Kind.ANSWER_WEBSOCKET_BY_APP if by_app else Kind.ANSWER_WEBSOCKET_BY_ORIGIN
        return Failure(kind, f"close code {exchange.websocket_close}")
    if exchange.websocket_close in SERVER_CLOSES and exchange.websocket_closed_by != "app":
        return Failure(Kind.ANSWER_WEBSOCKET_ERROR, f"close code {exchange.websocket_close}")
    by_origin = exchange.websocket_closed_by == "origin"
    code = exchange.websocket_close
    if by_origin and code == GOING_AWAY:
        return Failure(Kind.ANSWER_WEBSOCKET_AWAY, f"close code {code}")
    if code in ACCUSING_CLOSES or (by_origin and code in PRIVATE_CLOSES):
        return Failure(Kind.ANSWER_WEBSOCKET_REFUSED, f"close code {code}")
    return None


def _grpc_unfinished(exchange: Exchange) -> bool:
    """An answer over gRPC without the status that ends each; HAR files have no trailers."""
    kind = exchange.content_type or ""
    ours = exchange.client_open is not None and exchange.http_version.startswith("HTTP/2")
    native = kind.startswith("application/grpc") and not kind.startswith("application/grpc-web")
    return ours and native and exchange.status == 200 and exchange.grpc_status is None


def answer_problem(exchange: Exchange, need: Need | None) -> Failure | None:
    """What is wrong with the answer; None for a right one. Times and texts play no part.

    A refusal in the app's own envelope says more than a 4xx status around it; a 5xx
    status says more than the envelope inside.
    """
    status = exchange.status
    if status is None:
        return None
    between = _between(exchange, need)
    if between is not None:
        return between
    refused = _application(exchange, need)
    if status >= 400:
        found = _status(exchange, status)
        envelope = refused is not None and refused.kind is Kind.ENVELOPE_REFUSED
        return refused if envelope and status < 500 else found
    return (
        _other_protocols(exchange)
        or refused
        or _sent_elsewhere(exchange, need)
        or _body(exchange, need)
    )
