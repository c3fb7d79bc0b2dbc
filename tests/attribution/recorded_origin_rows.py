"""Recorded faults of the origin and of the way to it."""

from __future__ import annotations

from harness.domain.facts import Facts
from tests.attribution.build import connection, exchange, failed, no_connect, no_server_tls
from tests.attribution.recorded_row import GOAWAY, H1, LEFT, OLD, REFUSED, SSL, VERIFY, row


def _tls(text: str) -> tuple[Facts, ...]:
    """As with the eager strategy: the handshake fails, then the request that follows."""
    return no_server_tls(text), failed(text, wait=0.001)


def _cut() -> Facts:
    return failed(f"{H1} (received 211 bytes, expected 1000)", status=200, head=1.03)


CONTROLS = (
    row(1, "ok", "none", exchange()),
    row(4, "ok ignored", "none", connection(passed_through=True, closed=2.0, bytes_down=20000)),
    row(10, "ok_keepalive", "none", exchange(client="c"), exchange(2.0, client="c", ordinal=2)),
    row(11, "ok_plain", "none", exchange(scheme="http", port=80)),
    row(13, "h2_graceful_goaway", "none", exchange(server_open=False)),
)
STATUS = (
    row(14, "empty_200", "server", exchange(body="empty", response_bytes=0)),
    row(15, "html_200", "server", exchange(body="html", content_type="text/html")),
    row(16, "http_502_origin", "server", exchange(status=502, server_header="nginx")),
    row(17, "http_503_overload", "server", exchange(status=503, retry_after="30")),
    row(18, "http_504_gateway", "server", exchange(status=504, head=2.0, ended=2.0)),
    row(
        19,
        "retry_storm_500",
        "server",
        exchange(status=500),
        exchange(2.0, status=500),
        exchange(3.0, status=500),
    ),
    row(20, "bad_gzip", "server", exchange(body="malformed", content_encoding="gzip")),
    row(
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
    row(22, "slow_ok", "none", exchange(head=4.2, ended=4.3), outcome="passed"),
    row(23, "hang_no_response", "server unknown", failed(LEFT, wait=2.0, client_open=False)),
    row(
        24,
        "drip_body",
        "server unknown",
        failed(LEFT, wait=2.0, client_open=False, status=200, head=1.01),
    ),
    row(26, "conn_refused", "server", no_connect(REFUSED)),
    row(27, "conn_refused lazy", "server", failed(REFUSED)),
    row(30, "reset_in_handshake", "unknown", *_tls("connection closed")),
    row(31, "reset_in_handshake lazy", "unknown", failed("connection closed")),
    row(32, "reset_after_request", "server", failed("server closed connection")),
    row(
        34,
        "keepalive_stale",
        "server unknown",
        exchange(client="c"),
        failed("server closed connection", 1.1, client="c", ordinal=2, http_version="HTTP/1.1"),
    ),
    row(35, "truncated_fin", "server", _cut()),
    row(37, "truncated_chunked", "server", failed(f"{H1} (incomplete chunked read)", status=200)),
    row(
        39,
        "garbage_response",
        "server",
        failed(r"Cannot parse HTTP response: Bad HTTP response line: b'\x00\x01 this is not http'"),
    ),
    row(
        40,
        "partial_head",
        "server",
        failed(r"unexpected server response: b'HTTP/1.1 200 OK\r\nSer'"),
    ),
)
ORIGIN_TLS = (
    row(
        41,
        "tls_notyet",
        "unknown",
        *_tls(f"{VERIFY}certificate is not yet valid or the system clock is incorrect"),
    ),
    row(42, "tls_selfsigned", "unknown", *_tls(f"{VERIFY}self-signed certificate")),
    row(43, "tls_wrong_host", "unknown", *_tls(f"{VERIFY}hostname mismatch")),
    row(44, "tls_wrong_host lazy", "unknown", failed(f"{VERIFY}hostname mismatch")),
    row(45, "tls_old_version", "server", *_tls(OLD)),
    row(46, "tls_mtls_12", "unknown", *_tls(SSL.format("tls alert handshake failure"))),
)
STREAMS = (
    row(
        47,
        "h2_rst_h1_client lazy",
        "harness",
        failed(r"unexpected server response: b'\x00\x00*\x04\x00\x00\x00\x00\x00\x00\x01\x00'"),
    ),
    row(
        48,
        "h2_rst_mid_body",
        "server",
        failed("stream reset by client (INTERNAL_ERROR)", status=200, reset_by="origin"),
    ),
    row(
        48,
        "h2_rst_mid_body, side not recorded",
        "unknown",
        failed("stream reset by client (INTERNAL_ERROR)", status=200, server_open=True),
    ),
    row(50, "h2_goaway_no_error", "server", failed(GOAWAY.format(0))),
    row(51, "h2_goaway_calm", "server", failed(GOAWAY.format(11))),
    row(52, "h2_tcprst", "server", failed("peer closed connection")),
    row(53, "h2_close_mid_body", "server", failed("peer closed connection", status=200)),
    row(54, "grpc_unavailable", "server", exchange(grpc_status=14, body="empty")),
    row(55, "grpc_trailer_error", "server", exchange(grpc_status=13, body="protobuf")),
    row(56, "ws_denied", "unknown", exchange(status=403)),
    row(
        57,
        "ws_abnormal",
        "server",
        exchange(status=101, scheme="wss", websocket_close=1006, websocket_closed_by="origin"),
    ),
    row(
        59,
        "ws_app_close",
        "unknown",
        exchange(status=101, scheme="wss", websocket_close=1006, websocket_closed_by="app"),
    ),
    row(
        60,
        "sse_buffered",
        "harness",
        failed(LEFT, wait=2.0, status=200, content_type="text/event-stream", client_open=False),
    ),
    row(
        61,
        "sse streamed",
        "none",
        failed(LEFT, wait=3.1, status=200, content_type="text/event-stream", streamed=True),
    ),
)
NETWORK = (
    row(62, "dns_nxdomain", "unknown", no_connect("[Errno -2] Name or service not known")),
    row(63, "dns_nxdomain lazy", "unknown", failed("[Errno -2] Name or service not known")),
    row(
        64, "dns_timeout", "network", no_connect("[Errno -3] Temporary failure in name resolution")
    ),
    row(66, "net_unreachable", "network", no_connect("[Errno 101] Network is unreachable")),
    row(
        68,
        "icmp_admin_prohibited",
        "network",
        no_connect("[Errno 113] Connect call failed ('127.9.9.4', 443)"),
    ),
    row(69, "syn_blackhole", "unknown", no_connect("client disconnected", wait=4.0)),
    row(70, "syn_blackhole lazy", "unknown", failed("client disconnected", wait=4.0)),
    row(71, "mid_blackhole", "unknown server", failed(LEFT, wait=4.0, client_open=False)),
    row(
        73,
        "captive_https",
        "unknown network",
        *_tls(f"{VERIFY}unable to get local issuer certificate"),
    ),
    row(
        74,
        "upstream_403",
        "network",
        failed("Upstream proxy 127.0.0.1:1 refused HTTP CONNECT request: 403 Forbidden"),
    ),
    row(
        75,
        "upstream_503",
        "unknown",
        failed("Upstream proxy 127.0.0.1:1 refused HTTP CONNECT request: 503 Service Unavailable"),
    ),
)
HTTP3 = (
    row(
        125,
        "h3_reset",
        "server",
        failed("stream closed by client (H3_INTERNAL_ERROR)", reset_by="origin"),
    ),
    row(126, "h3_close", "server", failed("boom", client_open=True, server_open=False)),
    row(
        127,
        "h3_client_cancel, side not recorded",
        "unknown",
        failed("stream closed by client (H3_REQUEST_CANCELLED)", server_open=True),
    ),
    row(129, "h3_origin_dead", "server unknown", failed("connection closed")),
)
