"""Our own machinery failed: what the verdict must say."""

from __future__ import annotations

from harness.domain.facts.capture import CaptureGap, CaptureVisibility, ProxyHeartbeat
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import DeviceConditions, LogEntry
from harness.domain.facts.screen import LocatorMissing
from tests.attribution.build import connection, no_client_tls, no_connect
from tests.attribution.log_in_facts import API, CANARY, FEED, login, login_failed, screen
from tests.attribution.proxy_texts import LEFT, NOT_FOUND, TRUST
from tests.attribution.truth import Truth

HARNESS_TRUTHS: list[Truth] = [
    (
        "the proxy died",
        (login_failed("server closed connection"), (3.0, CaptureGap(1.5, None, "killed"))),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the proxy failed",
        ((3.0, InstrumentFailure("proxy", "run", "exit code -9")), login(status=503)),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "adb gave up",
        ((3.0, InstrumentFailure("adb", "shell", "device offline")),),
        {"result": "broken", "error_kind": "instrument"},
        "inconclusive",
        "harness",
    ),
    (
        "adb gave up, told by the scenario",
        (FEED,),
        {"result": "broken", "reason": "adb", "error_kind": None},
        "inconclusive",
        "harness",
    ),
    (
        "adb gave up, told by the step",
        (FEED,),
        {"result": "broken", "error_kind": "instrument"},
        "inconclusive",
        "harness",
    ),
    (
        "the proxy stood still",
        (login_failed(LEFT, wait=9.5, client_open=False), (12.0, ProxyHeartbeat(9.0))),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the phone lost our setting",
        ((1.0, DeviceConditions(http_proxy="", proxy_expected="127.0.0.1:8080")), FEED),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "no host takes our certificate",
        (no_client_tls(TRUST, 2.0, host=API), CaptureVisibility("refused", "none")),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the app takes only its own certificates",
        (no_client_tls(TRUST, 2.0, host=API), FEED, CANARY, screen(5.0, "no_internet")),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "pinned after the handshake",
        (
            connection(2.0, host=API, closed=2.1),
            (2.2, LogEntry("x", "W", "Pin verification failed", "tls_refused")),
            screen(5.0, "no_internet"),
        ),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the same step works without us",
        (
            no_connect(NOT_FOUND, 2.0, host=API),
            FEED,
            (
                18.0,
                ControlMade(
                    "capture_off", "ok", "Only with it on it fails.", None, {"trial": "ok"}, 9.0
                ),
            ),
        ),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "traffic past the proxy",
        (CaptureVisibility("not_seen", "none"),),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "element not found",
        (FEED, (10.0, LocatorMissing("login", "password"))),
        {"result": "broken", "error_kind": "locator", "reason": "locator", "needs": ()},
        "inconclusive",
        "harness",
    ),
    (
        "the script broke",
        (FEED,),
        {"result": "broken", "error_kind": "other", "reason": "script", "needs": ()},
        "inconclusive",
        "harness",
    ),
    (
        "a system window in the way",
        (FEED, screen(5.0, system_dialog="permission")),
        {"needs": ()},
        "inconclusive",
        "harness",
    ),
    (
        "our step ended before the app's patience did",
        (login(19.0, ended=None, head=None, status=None),),
        {},
        "inconclusive",
        "harness",
    ),
]
