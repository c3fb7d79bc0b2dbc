"""The reference's recorded faults as facts: row number, name, facts, who may be named.

`parties`: what a verdict from the capture alone may say. Where the reference lists an
equal signature with another culprit, only abstaining, or the party that the signature
leans to, is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.facts import Facts
from harness.domain.facts.capture import ProxyHeartbeat, ProxyLog
from tests.attribution.build import (
    connection,
    exchange,
    failed,
    no_client_tls,
    no_connect,
    no_server_tls,
)

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


def _row(
    number: int,
    name: str,
    parties: str,
    *facts: Facts | tuple[float, Facts],
    outcome: str | None = None,
) -> Row:
    return Row(number, name, tuple(parties.split()), facts, outcome)


def _tls(text: str) -> tuple[Facts, ...]:
    """As with the eager strategy: the handshake fails, then the request that follows."""
    return no_server_tls(text), failed(text, wait=0.001)


def _cut() -> Facts:
    return failed(f"{H1} (received 211 bytes, expected 1000)", status=200, head=1.03)


CONTROLS = (
    _row(1, "ok", "none", exchange()),
    _row(4, "ok ignored", "none", connection(passed_through=True, closed=2.0, bytes_down=20000)),
    _row(10, "ok_keepalive", "none", exchange(client="c"), exchange(2.0, client="c", ordinal=2)),
    _row(11, "ok_plain", "none", exchange(scheme="http", port=80)),
    _row(13, "h2_graceful_goaway", "none", exchange(server_open=False)),
)

STATUS = (
    _row(14, "empty_200", "server", exchange(body="empty", response_bytes=0)),
    _row(15, "html_200", "server", exchange(body="html", content_type="text/html")),
    _row(16, "http_502_origin", "server", exchange(status=502, server_header="nginx")),
    _row(17, "http_503_overload", "server", exchange(status=503, retry_after="30")),
    _row(18, "http_504_gateway", "server", exchange(status=504, head=2.0, ended=2.0)),
    _row(
        19,
        "retry_storm_500",
        "server",
        exchange(status=500),
        exchange(2.0, status=500),
        exchange(3.0, status=500),
    ),
    _row(20, "bad_gzip", "server", exchange(body="malformed", content_encoding="gzip")),
    _row(
        21,
        "redirect_loop",
        "server",
        *(
            exchange(1.0 + n, client="c", status=302, location="origin.example/api/items")
            for n in range(5)
        ),
    ),
)

SILENCE = (
    _row(22, "slow_ok", "none", exchange(head=4.2, ended=4.3), outcome="passed"),
    _row(23, "hang_no_response", "server unknown", failed(LEFT, wait=2.0, client_open=False)),
    _row(
        24,
        "drip_body",
        "server unknown",
        failed(LEFT, wait=2.0, client_open=False, status=200, head=1.01),
    ),
    _row(26, "conn_refused", "server", no_connect(REFUSED)),
    _row(27, "conn_refused lazy", "server", failed(REFUSED)),
    _row(30, "reset_in_handshake", "unknown", *_tls("connection closed")),
    _row(31, "reset_in_handshake lazy", "unknown", failed("connection closed")),
    _row(32, "reset_after_request", "server", failed("server closed connection")),
    _row(
        34,
        "keepalive_stale",
        "server unknown",
        exchange(client="c"),
        failed("server closed connection", 1.1, client="c", ordinal=2, http_version="HTTP/1.1"),
    ),
    _row(35, "truncated_fin", "server", _cut()),
    _row(37, "truncated_chunked", "server", failed(f"{H1} (incomplete chunked read)", status=200)),
    _row(
        39,
        "garbage_response",
        "server",
        failed(r"Cannot parse HTTP response: Bad HTTP response line: b'\x00\x01 this is not http'"),
    ),
    _row(
        40,
        "partial_head",
        "server",
        failed(r"unexpected server response: b'HTTP/1.1 200 OK\r\nSer'"),
    ),
)

ORIGIN_TLS = (
    _row(
        41,
        "tls_notyet",
        "server",
        *_tls(f"{VERIFY}certificate is not yet valid or the system clock is incorrect"),
    ),
    _row(42, "tls_selfsigned", "unknown", *_tls(f"{VERIFY}self-signed certificate")),
    _row(43, "tls_wrong_host", "unknown", *_tls(f"{VERIFY}hostname mismatch")),
    _row(44, "tls_wrong_host lazy", "unknown", failed(f"{VERIFY}hostname mismatch")),
    _row(45, "tls_old_version", "server", *_tls(OLD)),
    _row(46, "tls_mtls_12", "unknown", *_tls(SSL.format("tls alert handshake failure"))),
)

STREAMS = (
    _row(
        47,
        "h2_rst_h1_client lazy",
        "harness",
        failed(r"unexpected server response: b'\x00\x00*\x04\x00\x00\x00\x00\x00\x00\x01\x00'"),
    ),
    _row(
        48,
        "h2_rst_mid_body",
        "server",
        failed("stream reset by client (INTERNAL_ERROR)", status=200, reset_by="origin"),
    ),
    _row(
        48,
        "h2_rst_mid_body, side not recorded",
        "unknown",
        failed("stream reset by client (INTERNAL_ERROR)", status=200, server_open=True),
    ),
    _row(50, "h2_goaway_no_error", "server", failed(GOAWAY.format(0))),
    _row(51, "h2_goaway_calm", "server", failed(GOAWAY.format(11))),
    _row(52, "h2_tcprst", "server", failed("peer closed connection")),
    _row(53, "h2_close_mid_body", "server", failed("peer closed connection", status=200)),
    _row(54, "grpc_unavailable", "server", exchange(grpc_status=14, body="empty")),
    _row(55, "grpc_trailer_error", "server", exchange(grpc_status=13, body="protobuf")),
    _row(56, "ws_denied", "unknown", exchange(status=403)),
    _row(
        57,
        "ws_abnormal",
        "server",
        exchange(status=101, scheme="wss", websocket_close=1006, websocket_closed_by="origin"),
    ),
    _row(
        59,
        "ws_app_close",
        "unknown",
        exchange(status=101, scheme="wss", websocket_close=1006, websocket_closed_by="app"),
    ),
    _row(
        60,
        "sse_buffered",
        "harness",
        failed(LEFT, wait=2.0, status=200, content_type="text/event-stream", client_open=False),
    ),
    _row(
        61,
        "sse streamed",
        "none",
        failed(LEFT, wait=3.1, status=200, content_type="text/event-stream", streamed=True),
    ),
)

NETWORK = (
    _row(62, "dns_nxdomain", "server network", no_connect("[Errno -2] Name or service not known")),
    _row(63, "dns_nxdomain lazy", "server network", failed("[Errno -2] Name or service not known")),
    _row(
        64, "dns_timeout", "network", no_connect("[Errno -3] Temporary failure in name resolution")
    ),
    _row(66, "net_unreachable", "network", no_connect("[Errno 101] Network is unreachable")),
    _row(
        68,
        "icmp_admin_prohibited",
        "network",
        no_connect("[Errno 113] Connect call failed ('127.9.9.4', 443)"),
    ),
    _row(69, "syn_blackhole", "unknown", no_connect("client disconnected", wait=4.0)),
    _row(70, "syn_blackhole lazy", "unknown", failed("client disconnected", wait=4.0)),
    _row(71, "mid_blackhole", "unknown server", failed(LEFT, wait=4.0, client_open=False)),
    _row(
        73,
        "captive_https",
        "unknown network",
        *_tls(f"{VERIFY}unable to get local issuer certificate"),
    ),
    _row(
        74,
        "upstream_403",
        "network",
        failed("Upstream proxy 127.0.0.1:1 refused HTTP CONNECT request: 403 Forbidden"),
    ),
    _row(
        75,
        "upstream_503",
        "unknown",
        failed("Upstream proxy 127.0.0.1:1 refused HTTP CONNECT request: 503 Service Unavailable"),
    ),
)

APP = (
    _row(76, "client_expired_token", "unknown", exchange(status=401)),
    _row(
        77,
        "client_bad_header",
        "client",
        failed(
            "Received invalid header name: b'X Bad' from client, refusing to prevent request "
            "smuggling attacks.",
            sent=None,
            server_open=True,
            request_problem="invalid header name",
        ),
    ),
    _row(
        80,
        "client_not_http",
        "unknown",
        connection(closed=1.5),
        (1.6, ProxyLog("info", "127.0.0.1:9: Bad HTTP request line: b'\\x01hello'", "c1.0")),
    ),
    _row(
        81,
        "client_abort_wait_close_notify",
        "client",
        failed(LEFT, wait=0.5, client_open=False),
    ),
    _row(
        82,
        "client_abort_body_fin",
        "client",
        failed(LEFT, wait=0.2, client_open=False, status=200, head=1.05, streamed=True),
    ),
    _row(
        84,
        "client_abort_tls_wait",
        "unknown",
        (2.4, no_server_tls("connection closed")),
        outcome="failed",
    ),
    _row(
        85,
        "client_crash_upload",
        "client",
        failed(
            f"{H1} (received 200 bytes, expected 5000)",
            sent=None,
            client_open=False,
            server_open=True,
            request_bytes=5000,
        ),
    ),
    _row(
        86,
        "client_h2_cancel",
        "unknown",
        failed("stream reset by client (CANCEL)", wait=0.5, reset_by="app", server_open=True),
    ),
    _row(
        88,
        "client_h2_close",
        "client",
        failed("peer closed connection", wait=0.5, client_open=False, server_open=True),
    ),
    _row(
        89,
        "client_h2_goaway",
        "client",
        failed(GOAWAY.format(0), wait=0.5, client_open=False, server_open=True),
    ),
)

_ALERTS = (
    (90, f"{TRUST} (tlsv1 alert unknown ca)"),
    (91, f"{MAY_TRUST} ({SSL.format('tlsv1 alert internal error')})"),
    (93, f"{MAY_TRUST} (OpenSSL ZeroReturnError())"),
    (94, f"{TRUST} ({SSL.format('tls alert bad certificate')})"),
    (95, f"{MAY_TRUST} ({SSL.format('tls alert unsupported certificate')})"),
    (96, f"{TRUST} ({SSL.format('tls alert certificate unknown')})"),
    (98, f"{MAY_TRUST} ({SSL.format('tlsv1 alert access denied')})"),
    (99, f"{MAY_TRUST} ({SSL.format('tlsv1 alert decrypt error')})"),
    (100, f"{MAY_TRUST} ({OLD})"),
    (102, QUIET),
    (103, f"{TRUST} ({SSL.format('tlsv1 bad certificate status response')})"),
    (128, "self-signed certificate in certificate chain"),
)

PINNING = (
    *(_row(number, "pin", "harness", no_client_tls(text)) for number, text in _ALERTS),
    _row(
        104,
        "pin_alert46_after_finished",
        "harness",
        connection(
            closed=1.6,
            alert_after_handshake="[('SSL routines', '', 'tls alert certificate unknown')]",
        ),
    ),
    _row(105, "pin_after_handshake", "unknown", connection(closed=1.05)),
    _row(110, "pin_passthrough", "none", connection(passed_through=True, closed=2.0)),
    _row(
        112,
        "preconnect_only beside requests",
        "none",
        connection(closed=1.05),
        exchange(2.0),
    ),
    _row(
        114,
        "client_tls_old",
        "client",
        no_client_tls(
            "Client and mitmproxy cannot agree on a TLS version to use. You may need to adjust "
            "mitmproxy's tls_version_client_min option."
        ),
    ),
)

HARNESS = (
    _row(
        118,
        "addon_exception",
        "none",
        exchange(),
        ProxyLog("error", "Addon error: addon bug [ValueError]"),
    ),
    _row(
        119,
        "addon_kill",
        "harness",
        failed("Connection killed.", client_open=True, server_open=True),
    ),
    _row(
        120,
        "addon_block",
        "harness",
        failed(LEFT, wait=2.1, client_open=False),
        (3.2, ProxyHeartbeat(lag=3.0)),
    ),
    _row(
        123,
        "mitm_sigterm",
        "harness",
        failed("server closed connection", client_open=False),
        outcome="inconclusive",
    ),
)

HTTP3 = (
    _row(
        125,
        "h3_reset",
        "server",
        failed("stream closed by client (H3_INTERNAL_ERROR)", reset_by="origin"),
    ),
    _row(126, "h3_close", "server", failed("boom", client_open=True, server_open=False)),
    _row(
        127,
        "h3_client_cancel, side not recorded",
        "unknown",
        failed("stream closed by client (H3_REQUEST_CANCELLED)", server_open=True),
    ),
    _row(129, "h3_origin_dead", "server unknown", failed("connection closed")),
)

ROWS = (
    *CONTROLS,
    *STATUS,
    *SILENCE,
    *ORIGIN_TLS,
    *STREAMS,
    *NETWORK,
    *APP,
    *PINNING,
    *HARNESS,
    *HTTP3,
)
