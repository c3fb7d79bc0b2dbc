"""Reads mitmproxy's error texts by errno and by their tails, never by whole strings.

Facts: reference rows of recorded faults with mitmproxy 12.2.3. Prefixes of alert
texts changed between OpenSSL versions, the tails did not. The words "client" and
"server" in reset texts say nothing about who did it.
"""

import re

from harness.attribution.failure_kind import FailureKind as Kind

_ERRNO = re.compile(r"\[Errno (-?\d+)\]")

# Linux, macOS and Windows numbers of the same errors; the negative ones are getaddrinfo's.
_BY_ERRNO = {
    -2: Kind.DNS_NAME_NOT_RESOLVED,
    11001: Kind.DNS_NAME_NOT_RESOLVED,
    -5: Kind.DNS_NO_ADDRESS,
    11004: Kind.DNS_NO_ADDRESS,
    -3: Kind.DNS_TEMPORARY,
    -4: Kind.DNS_TEMPORARY,  # the resolver refuses or fails for good: no word on the name
    -11: Kind.DNS_TEMPORARY,
    11003: Kind.DNS_TEMPORARY,
    -9: Kind.DNS_NO_ADDRESS,  # only of the other address family
    11002: Kind.DNS_TEMPORARY,
    111: Kind.TCP_REFUSED,
    61: Kind.TCP_REFUSED,
    10061: Kind.TCP_REFUSED,
    104: Kind.TCP_RESET,
    54: Kind.TCP_RESET,
    10054: Kind.TCP_RESET,
    110: Kind.TCP_TIMED_OUT,
    60: Kind.TCP_TIMED_OUT,
    10060: Kind.TCP_TIMED_OUT,
    113: Kind.TCP_UNREACHABLE,
    101: Kind.TCP_UNREACHABLE,
    65: Kind.TCP_UNREACHABLE,
    51: Kind.TCP_UNREACHABLE,
    10051: Kind.TCP_UNREACHABLE,
    10065: Kind.TCP_UNREACHABLE,
    99: Kind.TCP_UNREACHABLE,  # no address of ours in that family
    100: Kind.TCP_UNREACHABLE,
    112: Kind.TCP_UNREACHABLE,
    103: Kind.TCP_RESET,
    1: Kind.PROXY_NO_SOCKET,  # a firewall of this machine's own
    13: Kind.PROXY_NO_SOCKET,
    12: Kind.PROXY_NO_SOCKET,
    23: Kind.PROXY_NO_SOCKET,
    24: Kind.PROXY_NO_SOCKET,
    105: Kind.PROXY_NO_SOCKET,
}

_CONNECT_TAILS = (
    ("name or service not known", Kind.DNS_NAME_NOT_RESOLVED),
    ("nodename nor servname provided", Kind.DNS_NAME_NOT_RESOLVED),
    ("getaddrinfo failed", Kind.DNS_NAME_NOT_RESOLVED),
    ("no address associated with hostname", Kind.DNS_NO_ADDRESS),
    ("temporary failure in name resolution", Kind.DNS_TEMPORARY),
    ("non-recoverable failure in name resolution", Kind.DNS_TEMPORARY),
    ("too many open files", Kind.PROXY_NO_SOCKET),
    ("no buffer space available", Kind.PROXY_NO_SOCKET),
    ("network is unreachable", Kind.TCP_UNREACHABLE),
    ("no route to host", Kind.TCP_UNREACHABLE),
    ("connection refused", Kind.TCP_REFUSED),
    ("connection reset by peer", Kind.TCP_RESET),
    ("connection timed out", Kind.TCP_TIMED_OUT),
)

# With several addresses the errors are joined; the one that says most about the host wins.
_TELLING = (Kind.TCP_REFUSED, Kind.TCP_RESET, Kind.TCP_TIMED_OUT, Kind.TCP_UNREACHABLE)


def connect_failure(text: str) -> Kind | None:
    """The kind of a failed name look-up or TCP connect; None if the text is no such thing."""
    found = [_BY_ERRNO.get(int(number)) for number in _ERRNO.findall(text)]
    for kind in _TELLING:
        if kind in found:
            return kind
    for kind in found:
        if kind is not None:
            return kind
    lowered = text.lower()
    for tail, kind in _CONNECT_TAILS:
        if tail in lowered:
            return kind
    return Kind.TCP_FAILED if "connect call failed" in lowered else None


_VERIFY_TAILS = (
    ("has expired", Kind.TLS_CERTIFICATE_EXPIRED),
    ("not yet valid", Kind.TLS_CERTIFICATE_NOT_YET_VALID),
    ("hostname mismatch", Kind.TLS_CERTIFICATE_HOSTNAME),
    ("ip address mismatch", Kind.TLS_CERTIFICATE_HOSTNAME),
    ("in certificate chain", Kind.TLS_CERTIFICATE_UNTRUSTED),
    ("self-signed certificate", Kind.TLS_CERTIFICATE_SELF_SIGNED),
    ("self signed certificate", Kind.TLS_CERTIFICATE_SELF_SIGNED),
    ("unable to get", Kind.TLS_CERTIFICATE_UNTRUSTED),
    ("unable to verify", Kind.TLS_CERTIFICATE_UNTRUSTED),
)


def server_tls_failure(text: str) -> Kind | None:
    """The kind of a failed handshake with the origin; None if the text is no such thing."""
    lowered = text.lower()
    if "certificate verify failed" in lowered:
        for tail, kind in _VERIFY_TAILS:
            if tail in lowered:
                return kind
        return Kind.TLS_CERTIFICATE_INVALID
    if "does not speak tls" in lowered or "wrong version number" in lowered:
        return Kind.TLS_SERVER_NOT_TLS
    if "remote server and mitmproxy cannot agree on a tls version" in lowered:
        return Kind.TLS_SERVER_VERSION
    if "certificate required" in lowered:
        return Kind.PROXY_CLIENT_CERTIFICATE
    if "alert" in lowered:
        return Kind.TLS_SERVER_ALERT
    if lowered == "connection closed":
        return Kind.TLS_SERVER_CLOSED
    return None


def client_tls_failure(text: str) -> Kind | None:
    """The kind of a failed handshake with the app; None when the origin was the cause."""
    lowered = text.lower()
    if "connection closed early" in lowered:
        return None
    if "trust the proxy" in lowered and "disconnected" not in lowered:
        return Kind.TLS_CLIENT_REFUSED
    if "disconnected during the handshake" in lowered:
        return Kind.TLS_CLIENT_LEFT
    if "client and mitmproxy cannot agree" in lowered:
        return Kind.TLS_CLIENT_VERSION
    # Over QUIC the text is the app's own reason phrase.
    return Kind.TLS_CLIENT_REFUSED


def mutual_tls(text: str) -> bool:
    """Whether the origin asks for a client certificate, by its alert in the proxy's log."""
    return "certificate required" in text.lower()


_REFUSAL_TAILS = ("unknown ca", "certificate", "internal error", "access denied", "decrypt error")


def alert_after_handshake(text: str) -> Kind | None:
    """What an alert in the log, after the handshake with the app, says."""
    lowered = text.lower()
    if mutual_tls(text):
        return Kind.PROXY_CLIENT_CERTIFICATE
    return Kind.TLS_CLIENT_REFUSED if any(t in lowered for t in _REFUSAL_TAILS) else None


# The head of an HTTP/2 SETTINGS frame, as Python prints bytes.
_SETTINGS_FRAME = re.compile(r"b'\\+x00\\+x00.{1,5}\\+x04\\+x00\\+x00\\+x00\\+x00\\+x00")

_MALFORMED_ANSWER = (
    "cannot parse http response",
    "bad http response",
    "unexpected server response",
    "received unexpected http/2 response",
    "invalid http/2 response headers",
)
_MALFORMED_REQUEST = (
    "from client, refusing",
    "bad http request",
    "cannot parse http request",
    "invalid http/2 request headers",
)


_BROKEN_HEAD = (
    "invalid header",
    "invalid content-length",
    "malformed header",
    "http/2 protocol error",
)


def broken_head(text: str) -> bool:
    """Whether a log line says that the app began to speak HTTP and what it sent is malformed."""
    return any(part in text.lower() for part in _BROKEN_HEAD)


def malformed(text: str) -> Kind | None:
    """Messages of which one side, or our own reading of it, is malformed."""
    lowered = text.lower()
    if _SETTINGS_FRAME.search(text):
        return Kind.PROXY_PROTOCOL
    if any(part in lowered for part in _MALFORMED_ANSWER):
        return Kind.HTTP_MALFORMED_ANSWER
    if "from server, refusing" in lowered:
        return Kind.PROXY_VALIDATION
    if any(part in lowered for part in _MALFORMED_REQUEST):
        return Kind.HTTP_MALFORMED_REQUEST
    return Kind.PROXY_BODY_LIMIT if "body_size_limit" in lowered else None
