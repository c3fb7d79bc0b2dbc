"""What does not explain a failure excuses nobody and changes no verdict."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.facts.capture import CaptureGap, ProxyHeartbeat
from harness.domain.facts.control import InstrumentFailure
from harness.domain.facts.device import AppDeath, AppNotResponding, DeviceConditions
from harness.domain.vocabulary import Outcome, Party
from tests.attribution.build import connection, exchange, judged, no_client_tls, probe, verdict_of
from tests.attribution.log_in_facts import API, CORE, FEED, login, login_failed
from tests.attribution.proxy_texts import EXPIRED, LEFT, TRUST

CONDITION = DeviceConditions
OTHER = exchange(0.5, host="other.example")
QUIET = connection(2.0, passed_through=True, closed=3.0, host=API)
# what does not explain a failed log-in: the facts beside HTTP 503
HARMLESS: list[tuple[str, Any]] = [
    ("a gap long before", (0.0, CaptureGap(-90.0, -80.0, "restart"))),
    ("a gap after", (30.0, CaptureGap(30.0, 31.0, "restart"))),
    ("an instrument that recovered", (3.0, InstrumentFailure("adb", "x", "y", recovered=True))),
    ("a report that failed", (3.0, InstrumentFailure("report", "x", "y"))),
    ("our proxy setting in place", (1.0, CONDITION(http_proxy="a:1", proxy_expected="a:1"))),
    ("a clock that is a little off", (1.0, CONDITION(clock_offset=90.0))),
    ("a clock that is much off", (1.0, CONDITION(clock_offset=9e5))),
    ("a VPN that works", (1.0, CONDITION(vpn=True, validated=True))),
    ("a resolver of one's own", (1.0, CONDITION(private_dns="dns.example", validated=True))),
    ("a check that failed", (1.0, CONDITION(network=True, validated=False))),
    ("little storage", (1.0, CONDITION(free_bytes=2**20))),
    ("no default network for a moment", (1.0, CONDITION(network=False))),
    ("a short stall", (2.2, ProxyHeartbeat(0.6))),
    ("an app of others that hangs", (3.0, AppNotResponding("com.other"))),
    ("an app of others that ends", (3.0, AppDeath("com.other", "crash"))),
    ("an ordinary end", (3.0, AppDeath("com.zhiliaoapp.musically", "user"))),
    ("a pass-through", QUIET),
]


@pytest.mark.parametrize("fact", [row[1] for row in HARMLESS], ids=[row[0] for row in HARMLESS])
def test_what_explains_nothing_changes_nothing(fact: Any) -> None:
    verdict = judged(login(status=503), FEED, probe(host=API), fact)
    assert (verdict.party, verdict.rule) == (Party.SERVER, "http_server_error"), verdict.summary


def test_a_stall_elsewhere_does_not_excuse_a_hang() -> None:
    hang = login_failed(LEFT, wait=10.0, client_open=False)
    verdict = judged(hang, FEED, probe(host=API), (3.0, ProxyHeartbeat(0.6)))
    assert verdict.party is Party.SERVER


def test_a_working_clock_or_vpn_is_no_excuse_when_the_app_was_served() -> None:
    clock = judged(FEED, login(), (1.0, CONDITION(clock_offset=9e5)))
    assert clock.party is Party.UNKNOWN
    vpn = judged(login_failed("server closed connection"), (1.0, CONDITION(vpn=True)))
    assert vpn.rule != "device_no_network"
    broken = (1.0, CONDITION(vpn=True, validated=False, vpn_ours=True))
    ours = judged(connection(2.0, host=API, connect_error="Connection refused"), broken)
    assert ours.rule != "device_vpn", "the tunnel of our own capture is nobody's fault"
    idle = judged(exchange(2.0, host="ads.example"), (1.0, CONDITION(vpn=True)), needs=())
    assert idle.party is not Party.DEVICE or idle.confidence < 0.8


def test_other_hosts_that_answer_clear_the_network() -> None:
    portal = (1.0, CONDITION(network=True, validated=False))
    closed = login_failed("server closed connection")
    assert judged(closed, portal, FEED).party is Party.SERVER
    assert judged(closed, portal).party is Party.NETWORK


def test_a_vpn_does_not_explain_that_the_app_refuses_our_certificate() -> None:
    before = exchange(0.25, host=CORE, path="/aweme/v1/feed/", values={"items": 3})
    verdict = judged(no_client_tls(TRUST, 2.0, host=API), before, (1.0, CONDITION(vpn=True)))
    assert verdict.party is Party.HARNESS


def test_a_host_answered_before_the_step_clears_the_network_too() -> None:
    portal = (1.0, CONDITION(network=True, validated=False))
    before = exchange(0.25, host=CORE, path="/aweme/v1/feed/", values={"items": 3})
    verdict = judged(login_failed("server closed connection"), portal, before)
    assert verdict.party is Party.SERVER


def test_an_unrelated_call_that_failed_before_the_step_explains_nothing() -> None:
    before = exchange(1.0, host=CORE, path="/other", status=503)
    verdict = judged(before, needs=(), step_begun=5.0)
    assert verdict.party is Party.UNKNOWN


def test_a_phone_whose_date_is_right_does_not_call_our_certificate_expired_for_its_clock() -> None:
    refused = no_client_tls(EXPIRED, 2.0, host=API)
    verdict = judged(refused, (1.0, CONDITION(clock_offset=0.2)), FEED)
    assert verdict.party is Party.HARNESS
    same = judged(refused, (1.0, CONDITION(clock_offset=9e6)), FEED)
    assert same.party is Party.DEVICE


def test_a_stall_that_did_not_cost_the_app_its_answer_is_harmless() -> None:
    slow = exchange(head=4.0, ended=4.0)
    assert verdict_of(slow, (4.1, ProxyHeartbeat(2.9))).outcome is Outcome.PASSED
    gone = exchange(head=4.0, ended=4.0, client_open=False)
    assert verdict_of(gone, (4.1, ProxyHeartbeat(0.6))).outcome is Outcome.PASSED


def test_a_spare_connection_beside_a_short_stall_is_harmless() -> None:
    spare = connection(closed=3.0, client_tls_done=None)
    assert verdict_of(spare, OTHER, (4.0, ProxyHeartbeat(0.7))).outcome is Outcome.PASSED
