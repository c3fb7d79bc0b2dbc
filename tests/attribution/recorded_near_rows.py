"""Recorded faults of the app and of our own machinery."""

from __future__ import annotations

from harness.domain.facts.capture import ProxyHeartbeat, ProxyLog
from tests.attribution.build import connection, exchange, failed, no_client_tls, no_server_tls
from tests.attribution.recorded_row import GOAWAY, H1, LEFT, MAY_TRUST, OLD, QUIET, SSL, TRUST, row

APP = (
    row(76, "client_expired_token", "unknown", exchange(status=401)),
    row(
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
    row(
        80,
        "client_not_http",
        "unknown",
        connection(closed=1.5),
        (1.6, ProxyLog("info", "127.0.0.1:9: Bad HTTP request line: b'\\x01hello'", "c1.0")),
    ),
    row(
        81,
        "client_abort_wait_close_notify",
        "client",
        failed(LEFT, wait=0.5, client_open=False),
    ),
    row(
        82,
        "client_abort_body_fin",
        "client",
        failed(LEFT, wait=0.2, client_open=False, status=200, head=1.05, streamed=True),
    ),
    row(
        84,
        "client_abort_tls_wait",
        "unknown",
        (2.4, no_server_tls("connection closed")),
        outcome="failed",
    ),
    row(
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
    row(
        86,
        "client_h2_cancel",
        "unknown",
        failed("stream reset by client (CANCEL)", wait=0.5, reset_by="app", server_open=True),
    ),
    row(
        88,
        "client_h2_close",
        "client",
        failed("peer closed connection", wait=0.5, client_open=False, server_open=True),
    ),
    row(
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
    *(row(number, "pin", "harness", no_client_tls(text)) for number, text in _ALERTS),
    row(
        104,
        "pin_alert46_after_finished",
        "harness",
        connection(
            closed=1.6,
            alert_after_handshake="[('SSL routines', '', 'tls alert certificate unknown')]",
        ),
    ),
    row(105, "pin_after_handshake", "unknown", connection(closed=1.05)),
    row(110, "pin_passthrough", "none", connection(passed_through=True, closed=2.0)),
    row(
        112,
        "preconnect_only beside requests",
        "none",
        connection(closed=1.05),
        exchange(2.0),
    ),
    row(
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
    row(
        118,
        "addon_exception",
        "none",
        exchange(),
        ProxyLog("error", "Addon error: addon bug [ValueError]"),
    ),
    row(
        119,
        "addon_kill",
        "harness",
        failed("Connection killed.", client_open=True, server_open=True),
    ),
    row(
        120,
        "addon_block",
        "harness",
        failed(LEFT, wait=2.1, client_open=False),
        (3.2, ProxyHeartbeat(lag=3.0)),
    ),
    row(
        123,
        "mitm_sigterm",
        "harness",
        failed("server closed connection", client_open=False),
        outcome="inconclusive",
    ),
)
