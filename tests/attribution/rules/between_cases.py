"""Cases of what unrelated owners share, of calls sent elsewhere and of values that contradict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.attribution.judge_capture import judge_capture
from harness.domain.facts.capture import CaptureGap, ProxyLog
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import AppNotResponding, DeviceConditions
from harness.domain.facts.traffic import Envelope
from tests.attribution.build import (
    GENERIC,
    STARTED,
    STOPPED,
    TIKTOK,
    exchange,
    failed,
    no_connect,
    no_server_tls,
    observe,
    probe,
    site,
)
from tests.attribution.log_in_facts import API, APP, CANARY, FEED, login, profile_answer
from tests.attribution.proxy_texts import TEMPORARY
from tests.attribution.rules.rule_case import RuleCase, bare, tried

OTHER = exchange(0.5, host="api.other.example")
NOWHERE = "[Errno 111] Connect call failed ('0.0.0.0', 443)"
AWAY = {"path": "/chat", "status": 101, "websocket_closed_by": "origin", "body": "none"}
PAGE = {"scheme": "http", "port": 80, "body": "html", "content_type": "text/html"}
STARVED = (2.0, ProxyLog("error", "socket.accept() out of system resource: [Errno 24]"))


def cut(begun: float, host: str) -> Any:
    return failed("peer closed connection without sending complete message body (incomplete "
                  "chunked read)", begun, host=host, status=200, head=begun + 0.02)  # fmt: skip


def page(begun: float, host: str, **changes: Any) -> Any:
    return exchange(begun, host=host, **(PAGE | changes))


def away(begun: float, lasted: float) -> Any:
    return exchange(begun, ended=begun + lasted, websocket_close=1001, **AWAY)


def sent(place: str, **changes: Any) -> Any:
    return exchange(
        changes.pop("begun", 1.0),
        status=302,
        location=place,
        body="empty",
        content_type=None,
        **changes,
    )


def told(words: str, number: int | None = None, **changes: Any) -> Any:
    return exchange(envelope=Envelope("standard", number, words, refused=True), **changes)


def left(begun: float, host: str, wait: float = 9.5) -> Any:
    return failed("Client disconnected.", begun, wait, host=host, client_open=False)


def lost(begun: float, path: str = "/v1/boats") -> Any:
    return exchange(begun, path=path, status=404)


def mine(begun: float, count: int, handle: str = "anna") -> Any:
    return profile_answer(begun, follower_count=count, handle=handle)


def upload(lasted: float) -> Any:
    return failed("Client disconnected.", wait=lasted, sent=None, method="POST", client_open=False)


GONE = failed("server closed connection", client_open=True)
NO_MEMORY = (1.0, DeviceConditions(memory_low=True))
ANR = AppNotResponding(APP, "Input dispatching timed out")
ELSEWHERE = (4.0, ControlMade("second_phone", "ok", "Another phone passed."))
FLAT = (1.0, DeviceConditions(battery=2))
LOST = (3.0, InstrumentFailure("adb", "reach phone", "it does not answer"))
WAY = CaptureGap(1.5, 2.5, "cable", broken="way")


def chosen(*facts: Any) -> Any:
    """A capture whose hosts we sent to addresses of our choosing."""
    options = {"chosen_addresses": "yes", "ssl_verify_upstream_trusted_ca": "/ca.pem"}
    lines = observe((0.0, replace(STARTED, options=options)), *facts, (99.0, STOPPED))
    return lambda: judge_capture(lines, GENERIC).whole


WRONG_HOST = "Certificate verify failed: hostname mismatch"
GRPC = exchange(content_type="application/grpc", body="empty", grpc_status=0)
THREE = [cut(1.0, "a.one.example"), cut(2.0, "b.two.example"), cut(3.0, "c.three.example")]
SIGNED_IN = exchange(2.0, host=API, path="/passport/account/switch/", method="POST")

BETWEEN_CASES: list[RuleCase] = [
    ("network_name_led_astray", "network", bare(no_connect(NOWHERE), OTHER)),
    ("network_name_led_astray", "network", bare(no_connect(NOWHERE), probe(stage="tcp"))),
    ("tcp_refused", "server", bare(no_connect(NOWHERE, host="nas.local"), OTHER)),
    ("tcp_refused", "server", bare(no_connect(NOWHERE, host="0.0.0.0"), OTHER)),
    ("tcp_refused", "server", bare(no_connect(NOWHERE.replace("0.0.0.0", "1.2")), OTHER)),
    ("network_one_voice", "network", bare(page(1.0, "one.example"), page(2.0, "two.example"))),
    (
        "network_one_voice",
        "network",
        bare(*(page(n, f"a.x{int(n)}.example", status=503) for n in (1.0, 2.0, 3.0))),
    ),
    (
        "http_bad_body",
        "unknown",
        bare(page(1.0, "one.example"), page(2.0, "two.example", response_bytes=9), OTHER),
    ),
    ("network_cuts_owners_alike", "network", bare(*THREE, OTHER)),
    ("http_broken_by_origin", "unknown", bare(*THREE, OTHER, site("ok"))),
    ("http_broken_by_origin", "unknown", bare(*THREE[:2], OTHER)),
    ("http_sent_to_sign_in", "unknown", bare(sent("/sso/start"))),
    ("http_sent_to_sign_in", "unknown", bare(sent("login.origin.example/x", scheme="http"))),
    ("http_sent_to_another_owner", "unknown", bare(sent("shop.carrier.example/", scheme="http"))),
    ("capture_clean", "none", bare(sent("shop.carrier.example/"))),
    ("capture_clean", "none", bare(sent("cdn.origin.example/x", scheme="http"))),
    ("capture_clean", "none", bare(sent("/sso/start", path="/about"))),
    ("http_broken_by_origin", "server", bare(away(1.0, 0.1), away(2.0, 0.1), OTHER)),
    ("capture_clean", "none", bare(away(1.0, 5.0), away(8.0, 5.0), exchange(15.0))),
    ("envelope_value_fell", "server", bare(mine(1.0, 1204), mine(3.0, 12), profile=TIKTOK)),
    ("capture_clean", "none", bare(mine(1.0, 1204), mine(3.0, 1203), profile=TIKTOK)),
    ("capture_clean", "none", bare(mine(1.0, 12), mine(3.0, 2), profile=TIKTOK)),
    (
        "capture_clean",
        "none",
        bare(profile_answer(1.0, handle="a"), profile_answer(3.0, handle="a"), profile=TIKTOK),
    ),
    (
        "envelope_of_somebody_else",
        "server",
        bare(mine(1.0, 1204), mine(3.0, 77, "eve"), profile=TIKTOK),
    ),
    (
        "capture_clean",
        "none",
        bare(mine(1.0, 1204), SIGNED_IN, mine(3.0, 77, "eve"), profile=TIKTOK),
    ),
    (
        "http_server_error",
        "server",
        bare(mine(1.0, 1204), mine(3.0, 12), login(4.0, status=503), profile=TIKTOK),
    ),
    ("network_control_lost", "network", bare(OTHER, GONE, site("failed"))),
    (
        "http_broken_by_origin",
        "server",
        bare(GONE, site("failed"), exchange(3.0, host="b.c.example")),
    ),
    ("http_sent_to_one_place", "server", bare(sent("status.origin.example/maintenance.html"))),
    (
        "http_sent_to_one_place",
        "server",
        bare(
            sent("origin.example/x", begun=1.0), sent("origin.example/x", begun=2.0, path="/v1/y")
        ),
    ),
    (
        "capture_clean",
        "none",
        bare(
            sent("origin.example/x", begun=1.0), sent("origin.example/y", begun=2.0, path="/v1/y")
        ),
    ),
    ("http_bad_body", "server", bare(exchange(method="POST", path="/a.Times/Next", body="html"))),
    ("http_broken_by_app", "client", bare(upload(0.2))),
    ("http_broken_by_app", "client", bare(upload(4.0))),
    ("http_request_refused", "client", bare(exchange(path="/v1/%7Bid%7D/x", status=400))),
    ("http_request_refused", "client", bare(exchange(path="/v1/:id/x", status=400))),
    ("http_request_refused", "unknown", bare(exchange(path="/v1/a:id/x", status=400))),
    ("client_not_responding", "unknown", tried(login(1.0), NO_MEMORY, (3.0, ANR))),
    ("client_never_asked", "unknown", tried(FEED, CANARY, ELSEWHERE)),
    ("harness_instrument_failed", "device", tried(login(1.0), FLAT, LOST)),
    ("harness_instrument_failed", "harness", tried(login(1.0), LOST)),
    ("harness_proxy_died", "harness", tried(login(1.0), (2.0, WAY))),
    ("envelope_code_known", "account", bare(told("Invalid credentials"))),
    ("envelope_code_known", "client", bare(told("missing parameter: id", -32602))),
    ("gate_by_code", "account", bare(told("Your account has been suspended"))),
    ("envelope_code_unexplained", "server", bare(told("Internal error"), probe(), OTHER)),
    ("envelope_code_unexplained", "unknown", bare(told("no such thing"), probe(), OTHER)),
    ("http_bad_body", "server", bare(exchange(path="/ws", upgrade="websocket", body="html"))),
    ("capture_clean", "none", bare(exchange(path="/ws", upgrade="websocket", status=101))),
    ("http_not_found", "client", bare(lost(1.0, "/users/null/boxes"))),
    ("http_not_found", "server", bare(lost(3.0), exchange(1.0, path="/v1/boats"), OTHER)),
    ("http_not_found", "unknown", bare(lost(3.0), OTHER)),
    (
        "network_cuts_owners_alike",
        "network",
        bare(OTHER, *(left(n, f"a.x{int(n)}.example") for n in (1.0, 2.0, 3.0))),
    ),
    ("http_no_answer", "unknown", bare(OTHER, left(1.0, "a.x.example"), left(2.0, "a.y.example"))),
    (
        "http_left_after_a_while",
        "unknown",
        bare(OTHER, left(1.0, "a.x.example", 5.0), left(2.0, "a.y.example", 5.0)),
    ),
    ("http_no_answer", "server", bare(OTHER, left(1.0, "a.x.example"), left(900.0, "a.y.example"))),
    ("http_grpc_status", "unknown", bare(replace(GRPC, grpc_status=8), OTHER)),
    ("device_no_network", "network", tried((1.0, DeviceConditions(network=False, wifi=True)))),
    ("dns_resolver_fails", "unknown", chosen(no_connect(TEMPORARY), OTHER)),
    ("dns_resolver_fails", "network", chosen(no_connect(TEMPORARY))),
    ("tls_server_certificate", "server", chosen(no_server_tls(WRONG_HOST), OTHER)),
    (
        "tls_server_certificate",
        "unknown",
        bare(no_server_tls(WRONG_HOST), no_server_tls(WRONG_HOST, 2.0, host="a.x.example"), OTHER),
    ),
    ("harness_out_of_resources", "harness", bare(exchange(), STARVED)),
    ("harness_out_of_resources", "harness", tried(login(1.0), STARVED)),
    ("http_server_error", "server", bare(exchange(1.0, status=500), STARVED)),
]
