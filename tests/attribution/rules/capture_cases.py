"""Cases of rules that a capture alone brings about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.attribution.judge_capture import judge_capture
from harness.domain.facts.capture import ProxyHeartbeat, ProxyLog
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import DeviceConditions
from harness.domain.verdict import Verdict
from tests.attribution.build import (
    EPOCH,
    GENERIC,
    STARTED,
    connection,
    exchange,
    failed,
    no_client_tls,
    no_connect,
    no_server_tls,
    observe,
    probe,
)
from tests.attribution.proxy_texts import (
    ALERT,
    EXPIRED,
    HANDSHAKE,
    LEFT,
    NOT_FOUND,
    TEMPORARY,
    TRUST,
    UNREACHABLE,
    VERIFY,
)
from tests.attribution.rules.code_cases import CODE_CASES
from tests.attribution.rules.rule_case import RuleCase, bare

BASELINE = "GET origin.example/api/items"
PORTAL = {"certificate_issuer": "CN=Portal"}
REFUSED = "[Errno 111] Connect call failed"
HANDS_OFF = ControlMade("pass_through", "ok", "-", "origin.example", {"trial": "ok"})
FAILS_TOO = (3.0, replace(HANDS_OFF, result="failed"))
OTHER = exchange(0.5, host="other.example")


def _unclosed(*facts: Any) -> Verdict:
    return judge_capture(observe((0.0, STARTED), *facts), GENERIC).whole


def left(wait: float, begun: float = 1.0, **changes: Any) -> Any:
    return failed(LEFT, begun, wait, client_open=False, **changes)


def cancelled(begun: float) -> Any:
    return failed("stream reset by client (CANCEL)", begun, 0.3, reset_by="app", server_open=True)


def resolver(result: str) -> ControlMade:
    return ControlMade("second_resolver", result, "Another resolver.")


CAPTURE_CASES: list[RuleCase] = [
    *CODE_CASES,
    ("capture_slow", "none", bare(exchange(head=5.0, ended=5.1))),
    ("capture_empty", "unknown", bare()),
    ("http_refused_otherwise", "unknown", bare(exchange(status=423))),
    (
        "tls_server_certificate",
        "server",
        bare(no_server_tls(f"{VERIFY}certificate has expired"), FAILS_TOO),
    ),
    ("http_no_answer", "server", bare(left(10.0), probe(stage="http", why="timed out"))),
    (
        "websocket_refused",
        "unknown",
        bare(exchange(status=101, websocket_close=1008, websocket_closed_by="origin")),
    ),
    (
        "websocket_refused",
        "unknown",
        bare(exchange(status=101, websocket_close=1007, websocket_closed_by="app")),
    ),
    (
        "http_grpc_status",
        "server",
        bare(
            exchange(
                http_version="HTTP/2.0",
                content_type="application/grpc",
                body="binary",
                client_open=True,
            )
        ),
    ),
    ("http_legal_reasons", "server", bare(exchange(status=451))),
    ("http_legal_reasons", "unknown", bare(exchange(status=451, scheme="http", port=80))),
    ("harness_made_by_proxy", "harness", bare(no_connect("[Errno 24] Too many open files"))),
    (
        "http_broken_by_app",
        "client",
        bare(
            connection(closed=1.1, client="c"),
            (1.1, ProxyLog("info", "192.0.2.7:9: HTTP/2 protocol error: Invalid preamble", "c")),
        ),
    ),
    (
        "capture_silent_connections",
        "unknown",
        bare(
            connection(closed=1.1, client="c"),
            (1.1, ProxyLog("info", "192.0.2.1:443: HTTP/2 protocol error: Invalid frame", "c")),
        ),
    ),
    (
        "client_gave_up_early",
        "client",
        bare(exchange(0.5, head=2.0, ended=2.1), cancelled(3.0), cancelled(4.0)),
    ),
    (
        "client_gave_up_early",
        "unknown",
        bare(exchange(0.5, head=2.0, ended=2.1), cancelled(3.0)),
    ),
    (
        "harness_clock_wrong",
        "harness",
        bare(
            no_server_tls(f"{VERIFY}certificate has expired"),
            ControlMade(
                "control_site",
                "failed",
                "-",
                "site.example:443",
                {"tls": "failed: certificate expired"},
            ),
        ),
    ),
    (
        "harness_clock_wrong",
        "harness",
        bare(
            no_server_tls(f"{VERIFY}certificate has expired"),
            (0.5, DeviceConditions(clock_offset=-4e7)),
        ),
    ),
    (
        "device_clock_wrong",
        "device",
        bare(
            no_server_tls(f"{VERIFY}certificate has expired"),
            OTHER,
            (0.5, DeviceConditions(clock_offset=-4e7)),
        ),
    ),
    (
        "harness_clock_wrong",
        "harness",
        bare(
            no_server_tls(f"{VERIFY}certificate has expired"),
            ControlMade("control_site", "failed", "-", "site.example:443", {"tcp": "failed: x"}),
            (0.5, DeviceConditions(clock_offset=-4e7)),
        ),
    ),
    (
        "tls_server_certificate",
        "unknown",
        bare(no_server_tls(f"{VERIFY}certificate has expired")),
    ),
    (
        "tls_server_certificate",
        "server",
        bare(
            no_server_tls(f"{VERIFY}certificate has expired"),
            (0.5, DeviceConditions(clock_offset=0.5)),
        ),
    ),
    (
        "tls_server_certificate",
        "server",
        bare(
            no_server_tls(f"{VERIFY}self-signed certificate"),
            ControlMade("pass_through", "failed", "-", "origin.example", {"trial": "failed"}),
        ),
    ),
    (
        "tls_server_certificate",
        "server",
        bare(
            no_server_tls(f"{VERIFY}certificate has expired"),
            exchange(2.0, scheme="http", host="other.example", date=EPOCH, status=404),
        ),
    ),
    (
        "tls_server_certificate",
        "harness",
        bare(no_server_tls(f"{VERIFY}self-signed certificate"), HANDS_OFF),
    ),
    (
        "harness_made_by_proxy",
        "harness",
        bare(exchange(status=502, server_header="mitmproxy 12.2.3")),
    ),
    (
        "network_inspects_tls",
        "network",
        bare(
            failed(f"{VERIFY}self-signed certificate"),
            probe(stage="tls", why="certificate unknown issuer", **PORTAL),
            ControlMade(
                "control_site",
                "failed",
                "s",
                "site.example:443",
                {"tls": "failed: certificate unknown issuer"},
                certificate_issuer="CN=Portal",
            ),
        ),
    ),
    (
        "network_filters_name",
        "network",
        bare(
            no_server_tls("connection closed"),
            probe(stage="tls", why="reset"),
            ControlMade("other_name", "ok", "s", "origin.example:443"),
        ),
    ),
    (
        "network_many_hosts",
        "network",
        bare(
            no_connect(TEMPORARY),
            no_connect(TEMPORARY, 2.0, host="b.example"),
        ),
    ),
    (
        "network_many_hosts",
        "unknown",
        bare(
            no_connect(REFUSED, host="api.one.example"),
            no_connect(REFUSED, 2.0, host="www.one.example"),
        ),
    ),
    (
        "network_many_hosts",
        "network",
        bare(
            no_connect(REFUSED, host="one.example"),
            no_connect(REFUSED, 2.0, host="two.example"),
            no_connect(REFUSED, 3.0, host="198.51.100.7"),
            no_connect(REFUSED, 4.0, host="www.shop.co.uk"),
        ),
    ),
    ("device_clock_ahead", "device", bare(no_client_tls(EXPIRED), no_client_tls(EXPIRED, 2.0))),
    (
        "harness_proxy_delayed",
        "harness",
        bare(
            exchange(head=4.0, ended=4.0, client_open=False),
            (4.1, ProxyHeartbeat(2.9)),
        ),
    ),
    (
        "harness_held_up",
        "harness",
        bare(
            connection(closed=3.0, client_tls_done=None),
            OTHER,
            (4.0, ProxyHeartbeat(2.5)),
        ),
    ),
    ("harness_capture_torn", "harness", lambda: _unclosed(exchange())),
    (
        "harness_capture_torn",
        "harness",
        bare(exchange(), (2.0, InstrumentFailure("disk", "write", "full"))),
    ),
    ("capture_clean", "none", bare(exchange(), (2.0, InstrumentFailure("probe", "x", "y")))),
    (
        "capture_refused_by_app",
        "unknown",
        bare(no_client_tls(TRUST), OTHER, probe(http_status=503)),
    ),
    (
        "capture_refused_by_app",
        "unknown",
        bare(no_client_tls(TRUST), OTHER, probe(stage="tcp", why="refused")),
    ),
    (
        "http_broken_by_origin",
        "server",
        bare(exchange(status=101, websocket_close=1011, websocket_closed_by="origin")),
    ),
    ("network_upstream_proxy", "network", bare(exchange(status=407, scheme="http"))),
    ("network_upstream_proxy", "unknown", bare(exchange(status=407))),
    (
        "network_upstream_proxy",
        "network",
        bare(exchange(status=403, server_header="Zscaler/6.2"), probe()),
    ),
    (
        "network_upstream_proxy",
        "network",
        bare(exchange(status=503, server_header="FortiGate"), probe()),
    ),
    (
        "network_upstream_proxy",
        "network",
        bare(exchange(status=403, server_header="squid/5.7", scheme="http")),
    ),
    ("network_no_route", "network", bare(no_connect(UNREACHABLE))),
    ("dns_name_unknown", "network", bare(no_connect(NOT_FOUND), resolver("ok"))),
    ("dns_name_unknown", "server", bare(no_connect(NOT_FOUND), resolver("failed"), OTHER)),
    ("dns_resolver_fails", "server", bare(no_connect(TEMPORARY), OTHER)),
    ("tcp_unanswered", "unknown", bare(no_connect("client disconnected", wait=4.0), probe())),
    (
        "tls_server_alert",
        "harness",
        bare(no_server_tls(HANDSHAKE), probe()),
    ),
    (
        "tls_server_alert",
        "server",
        bare(
            no_server_tls(ALERT.format("internal error")), probe(stage="tls", why="alert: internal")
        ),
    ),
    ("tls_server_certificate", "server", bare(no_server_tls(f"{VERIFY}CA md too weak"), OTHER)),
    (
        "capture_left_in_handshake",
        "unknown",
        bare(no_client_tls("The client disconnected during the handshake.", wait=3.0)),
    ),
    ("capture_silent_connections", "unknown", bare(connection(closed=1.1))),
    ("http_no_answer", "unknown", bare(left(9.0), probe(stage="tcp"))),
    ("http_no_answer", "server", bare((30.0, exchange(ended=None, head=None, status=None)))),
    ("http_left_after_a_while", "unknown", bare(left(4.0), probe(stage="tcp", why="timed out"))),
    ("http_left_after_a_while", "server", bare(left(3.0), left(3.1, 9.0), probe())),
    ("http_left_after_a_while", "client", bare(exchange(0.5, head=6.0, ended=6.0), left(2.0, 9.0))),
    (
        "http_too_many_requests",
        "unknown",
        bare(*(exchange(0.1 * n) for n in range(70)), exchange(7.5, status=429)),
    ),
    ("http_grpc_status", "unknown", bare(exchange(grpc_status=16))),
    ("http_request_refused", "unknown", bare(exchange(status=400))),
    ("http_request_refused", "client", bare(exchange(status=400, request_problem="bad name"))),
    ("http_not_found", "unknown", bare(exchange(status=404))),
    (
        "http_not_found",
        "server",
        bare(exchange(status=404), ControlMade("baseline", "ok", "s", BASELINE, usual=0.4)),
    ),
    (
        "network_answers_for_others",
        "network",
        bare(
            exchange(path="/generate_204", status=302, scheme="http", port=80),
            failed(f"{VERIFY}hostname mismatch", 2.0, host="b.example"),
        ),
    ),
    (
        "network_answers_for_others",
        "network",
        bare(
            exchange(path="/generate_204", status=204, body="none", scheme="http", head=3.0),
            exchange(2.0, path="/generate_204", scheme="http", port=80, body="html"),
        ),
    ),
    ("http_legal_reasons", "server", bare(exchange(status=451))),
    (
        "http_bad_body",
        "unknown",
        bare(exchange(scheme="http", port=80, body="html", content_type="text/html")),
    ),
    (
        "proxy_validation",
        "unknown",
        bare(failed("Received x from server, refusing to prevent request smuggling attacks.")),
    ),
    (
        "http_broken_by_somebody",
        "unknown",
        bare(failed("something new", client_open=True, server_open=True)),
    ),
]
