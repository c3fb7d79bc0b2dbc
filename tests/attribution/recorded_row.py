"""A recorded fault of the reference, and the proxy's words for it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.facts import Facts

H1 = "HTTP/1 protocol error: peer closed connection without sending complete message body"
LEFT = "Client disconnected."
TRUST = "The client does not trust the proxy's certificate for origin.test"
MAY_TRUST = "The client may not trust the proxy's certificate for origin.test"
QUIET = (
    "The client disconnected during the handshake. If this happens consistently for origin.test, "
    "this may indicate that the client does not trust the proxy's certificate."
)
SSL = "OpenSSL Error([('SSL routines', '', '{}')])"
VERIFY = "Certificate verify failed: "
GOAWAY = "HTTP/2 connection closed: <ConnectionTerminated error_code:{}, last_stream_id:0>"
REFUSED = "[Errno 111] Connect call failed ('127.0.0.1', 443)"
OLD = (
    "The remote server and mitmproxy cannot agree on a TLS version to use. You may need to adjust "
    "mitmproxy's tls_version_server_min option."
)


@dataclass(frozen=True)
class Row:
    """One recorded fault."""

    number: int
    name: str
    parties: tuple[str, ...]
    facts: tuple[Facts | tuple[float, Facts], ...]
    outcome: str | None = None


def row(
    number: int,
    name: str,
    parties: str,
    *facts: Facts | tuple[float, Facts],
    outcome: str | None = None,
) -> Row:
    return Row(number, name, tuple(parties.split()), facts, outcome)
