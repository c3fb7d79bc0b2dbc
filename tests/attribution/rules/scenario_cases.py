"""Cases of rules that need a scenario: what was tried, what was shown."""

from __future__ import annotations

from harness.domain.facts.capture import CaptureGap, ProxyLog
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import AppDeath, DeviceConditions
from harness.domain.facts.recovery import RecoveryTried
from harness.domain.facts.screen import LocatorMissing, Screen
from harness.domain.facts.storage import StoredValue
from harness.domain.facts.traffic import Envelope
from harness.domain.recovery import Rung
from tests.attribution.build import exchange, no_connect, probe
from tests.attribution.content_truths import (
    COUNTERS,
    FOLLOWERS,
    OFFLINE,
    listed,
    look,
    opened,
    seen,
    shown,
)
from tests.attribution.log_in_facts import API, CORE, FEED, login, profile_answer, screen
from tests.attribution.rules.rule_case import RuleCase, tried
from tests.attribution.test_opaque import FINE, says, tunnel

LAUNCHER = Screen("com.launcher", None)
TOLD = (0.3, StoredValue("follower_count", 1204, "told"))
CONDITION = DeviceConditions
REFUSED = "[Errno 111] Connect call failed"
DOWN = CaptureGap(1.0, 9.0, "killed")
LATER = {"step_begun": 12.0}
NO_NAME = no_connect("[Errno -2] Name or service not known", 2.0, host=API)


def off(result: str) -> tuple[float, ControlMade]:
    return 19.0, ControlMade("capture_off", result, "Tried.", None, {"trial": result}, 10.0)


SCENARIO_CASES: list[RuleCase] = [
    ("harness_capture_in_the_way", "harness", tried(NO_NAME, off("ok"))),
    ("harness_capture_in_the_way", "harness", tried(FEED, off("ok"))),
    ("dns_name_unknown", "server", tried(NO_NAME, FEED, off("failed"))),
    ("dns_name_unknown", "unknown", tried(NO_NAME, off("not_made"))),
    ("client_never_asked", "client", tried(FEED, off("failed"))),
    ("client_never_asked", "client", tried(FEED, login(12.0), off("failed"))),
    (
        "device_restarted",
        "device",
        tried((1.0, CONDITION(uptime=900.0)), (19.0, CONDITION(uptime=4.0)), (9.0, DOWN)),
    ),
    (
        "harness_proxy_died",
        "harness",
        tried((1.0, CONDITION(uptime=900.0)), (19.0, CONDITION(uptime=918.0)), (9.0, DOWN)),
    ),
    (
        "harness_proxy_died",  # a count that is wrong, and no new one
        "harness",
        tried((1.0, CONDITION(uptime=900.0)), (19.0, CONDITION(uptime=900.0)), (9.0, DOWN)),
    ),
    (
        "harness_proxy_died",  # restarted when all was over
        "harness",
        tried((1.0, CONDITION(uptime=900.0)), (600.0, CONDITION(uptime=4.0)), (9.0, DOWN)),
    ),
    (
        "harness_proxy_died",  # we asked for the restart
        "harness",
        tried(
            (1.0, CONDITION(uptime=900.0)),
            (15.0, RecoveryTried("t", Rung.REBOOT, "mended", 9.0)),
            (19.0, CONDITION(uptime=4.0)),
            (9.0, DOWN),
        ),
    ),
    (
        "opaque_never_asked",
        "client",
        tried(tunnel(bytes_down=5000, closed=90.0, asked_last=3.0), FINE, **LATER, step_end=60.0),
    ),
    ("harness_proxy_was_down", "harness", tried((9.0, DOWN), says("no_internet"), **LATER)),
    (
        "client_does_not_show",
        "unknown",
        tried((9.0, DOWN), login(13.0), **LATER),
    ),
    (
        "client_does_not_show",
        "client",
        tried(login(2.0), seen(18.0, page="logged_out_profile")),
    ),
    (
        "unexplained",
        "unknown",
        tried((9.0, DOWN), step_begun=60.0, step_end=70.0),
    ),
    (
        "dns_name_unknown",
        "unknown",
        tried(
            no_connect("[Errno -2] Name or service not known", 2.0, host=API),
            FEED,
            (1.0, CONDITION(vpn=True, validated=True)),
        ),
    ),
    (
        "envelope_code_unexplained",
        "unknown",
        tried(login(status=400, envelope=Envelope("passport", 4711))),
    ),
    ("http_not_found", "server", tried(login(status=404), FEED, probe(host=API))),
    (
        "client_process_ended",
        "client",
        tried((2.0, AppDeath("com.zhiliaoapp.musically", "other")), (2.4, LAUNCHER)),
    ),
    (
        "envelope_value_zero",
        "server",
        tried(
            profile_answer(follower_count=1204, handle="a"),
            exchange(
                3.0,
                host=CORE,
                path="/aweme/v1/user/follower/list/",
                values={"total": 0, "followers": 0},
            ),
            needs=("own_profile", "followers"),
        ),
    ),
    (
        "device_clock_wrong",
        "device",
        tried((1.0, CONDITION(clock_offset=1200.0)), login(status=401), FEED),
    ),
    (
        "client_never_asked",
        "unknown",
        tried(
            FEED,
            (10.0, LocatorMissing("login", "button")),
            result="broken",
            error_kind="locator",
            reason="locator",
        ),
    ),
    (
        "harness_screen_covered",
        "harness",
        tried(
            FEED,
            (10.0, LocatorMissing("login", "button", extra={"covered_by": "Meet boards"})),
            result="broken",
            error_kind="locator",
            reason="locator",
        ),
    ),
    (
        "harness_screen_covered",
        "harness",
        tried(
            FEED,
            (10.0, LocatorMissing("player", "marker", extra={"covered_by": "Rain · 0:05"})),
            result="broken",
            error_kind="locator",
            reason="locator",
        ),
    ),
    (
        "harness_locator_missing",
        "unknown",
        tried(
            FEED,
            (10.0, LocatorMissing("login", "button")),
            screen(9.0, "something_wrong"),
            result="broken",
            error_kind="locator",
            reason="locator",
            needs=(),
        ),
    ),
    ("opaque_error_text", "unknown", tried(tunnel(), says("something_wrong"))),
    (
        "opaque_value_wrong",
        "unknown",
        tried(tunnel(), TOLD, shown(5.0, "follower_count", "0", 0), **COUNTERS),
    ),
    (
        "opaque_value_wrong",
        "server",
        tried(
            tunnel(),
            TOLD,
            shown(5.0, "follower_count", "0", 0),
            ControlMade("second_phone", "failed", "Fails there too."),
            **COUNTERS,
        ),
    ),
    (
        "opaque_nothing_readable",
        "unknown",
        tried(tunnel(), shown(5.0, "follower_count", "0", 0), **COUNTERS),
    ),
    (
        "opaque_nothing_readable",
        "unknown",
        tried(tunnel(), TOLD, shown(5.0, "follower_count", "9", 9), **COUNTERS),
    ),
    (
        "client_does_not_show",
        "unknown",
        tried(
            listed(17.0, values={"total": 9}), seen(18.0, spinner=True), **FOLLOWERS
        ),  # the answer had only just come
    ),
    (
        "unexplained",
        "unknown",
        tried(seen(18.0, spinner=True), (0.1, CONDITION(free_bytes=9**12)), **OFFLINE),
    ),
    (
        "content_expired_by_policy",
        "client",
        tried((1.0, CONDITION()), look(listed=0, cleared=1.0), look(0.2, listed=0), **OFFLINE),
    ),
    (
        "content_does_not_open",
        "client",
        tried(look(0.1, content="draft"), opened(6.0, "does_not_play", "puzzle"), **OFFLINE),
    ),
    (
        "content_page_stays_shut",
        "client",
        tried(look(content="puzzle", unseen="page_shut"), look(), **OFFLINE),
    ),
    (
        "content_saved_does_not_play",
        "device",
        tried(opened(6.0, "does_not_play", "saved_video"), **OFFLINE),
    ),
    (
        "opaque_no_answer",
        "server",
        tried(tunnel(bytes_down=5000, closed=13.0), FINE, probe(host=API)),
    ),
    (
        "device_vpn",
        "device",
        tried((1.0, CONDITION(vpn=True, validated=False)), no_connect(REFUSED, 2.0, host=API)),
    ),
    (
        "client_not_http",
        "unknown",
        tried(
            (
                3.0,
                ProxyLog("info", "Bad HTTP request line: b'x'"),
            ),
            needs=(),
        ),
    ),
]
