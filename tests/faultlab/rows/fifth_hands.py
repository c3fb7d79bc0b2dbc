"""Fifth draw, told of a phone: our hands on it fail, or are mended, or are not needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.control import InstrumentFailure
from harness.domain.facts.screen import LocatorMatch, LocatorMissing
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import after
from tests.faultlab.rows.fifth_phone import NO_ANCHOR, OUR_HOSTS, not_shown, opaque, silent
from tests.faultlab.rows.making import (
    FINE,
    HARNESS,
    together,
)
from tests.faultlab.rows.mixed import unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    ask_profile,
    ask_start,
    failing,
    followers_tale,
    refuses,
    told,
)
from tests.faultlab.tiktok_bodies import followers, says


def instrument(
    name: str, breaks: str, failure: InstrumentFailure, text: str, **phone: Any
) -> Fault:
    """An instrument of ours fails under the list of followers; the app got all it asked for."""
    step = failing(
        LIST_SEEN,
        text,
        kind="instrument",
        seen=(("harness", "instrument.failed", failure),),
        phone=phone,
    )
    return told(name, HARNESS, breaks, followers_tale(OPENED, PROFILE_SEEN, step, result="broken"))


LOST_ADB = dict.fromkeys(
    (
        "airplane",
        "wifi",
        "mobile_data",
        "network",
        "validated",
        "captive_portal",
        "vpn",
        "http_proxy",
        "clock_offset",
        "free_bytes",
        "battery",
        "screen_on",
        "locked",
        "memory_low",
        "private_dns",
        "clock_uncertainty",
        "total_bytes",
        "uptime",
    )
)


MISSING = LocatorMissing("followers", "list", ("id: v2z", "accessibility id: Followers"), 10.0)


SHORT_WAIT = LocatorMissing("followers", "list", ("id: v2z",), 5.0)


ROWS = (
    silent(
        "f5_old_proxy_port",
        HARNESS,
        "the phone keeps the proxy of an earlier run, whose port nobody serves",
        phone={"http_proxy": "127.0.0.1:8899"},
    ),
    told(
        "f5_reverse_tunnel_lost",
        HARNESS,
        "the phone's way to our proxy is gone from the start",
        followers_tale(
            SHUT,
            not_shown(),
            visibility=CaptureVisibility("not_seen", "system", "no request of ours came"),
        ),
    ),
    opaque(
        told(
            "f5_authority_gone_after_restart",
            HARNESS,
            "the phone restarted and lost our authority",
            followers_tale(
                replace(SHUT, play=refuses(*OUR_HOSTS), log=(NO_ANCHOR,)),
                not_shown(),
                visibility=CaptureVisibility("refused", "none"),
            ),
        )
    ),
    instrument(
        "f5_uiautomator_crashed",
        "UiAutomator2 crashes",
        InstrumentFailure(
            "appium",
            "find followers.list",
            "instrumentation process is not running",
            cause="uiautomator2_crashed",
        ),
        "appium: find followers.list: UiAutomator2 on the phone has crashed.",
    ),
    instrument(
        "f5_cable_pulled",
        "the cable is pulled",
        InstrumentFailure(
            "adb", "shell on lab-phone", "device 'R58M10ABCDE' not found", cause="phone_gone"
        ),
        "adb: shell on lab-phone: the phone is gone",
        **LOST_ADB,
    ),
    told(
        "f5_locators_died",
        HARNESS,
        "no locator of the list fits this build; the list is there",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "followers.list not found in 10 s",
                kind="locator",
                page=None,
                seen=(("appium", "ui.missing", MISSING),),
            ),
            result="broken",
        ),
    ),
    unclear(
        told(
            "f5_our_wait_too_short",
            HARNESS,
            "the list comes after 6 s, our locator waits for 5",
            followers_tale(
                OPENED,
                PROFILE_SEEN,
                failing(
                    LIST_SEEN,
                    "followers.list not found in 5 s",
                    kind="locator",
                    screen={"spinner": True},
                    seen=(("appium", "ui.missing", SHORT_WAIT),),
                ),
                result="broken",
            ),
            ill={"followers": after(6.0, says(followers()))},
        )
    ),
    told(
        "f5_locator_fallback_fine",
        FINE,
        "the second locator fits",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            replace(
                LIST_SEEN,
                seen=(
                    (
                        "appium",
                        "ui.locator",
                        LocatorMatch(
                            "followers", "list", "-android uiautomator: scrollable", ("id: v2z",)
                        ),
                    ),
                ),
            ),
        ),
    ),
    told(
        "f5_appium_came_back_fine",
        FINE,
        "a session of Appium was lost and made anew",
        followers_tale(
            OPENED,
            replace(
                PROFILE_SEEN,
                seen=(
                    *PROFILE_SEEN.seen,
                    (
                        "harness",
                        "instrument.failed",
                        InstrumentFailure(
                            "appium", "source", "socket hang up", True, "uiautomator2_dropped"
                        ),
                    ),
                ),
            ),
            LIST_SEEN,
        ),
    ),
    told(
        "f5_clock_three_hours_off_fine",
        FINE,
        "the clock is three hours wrong, and nothing minds",
        followers_tale(OPENED, PROFILE_SEEN, LIST_SEEN, phone={"clock_offset": 10_800.0}),
    ),
    told(
        "f5_nearly_full_fine",
        FINE,
        "300 MB left, and it is enough",
        followers_tale(OPENED, PROFILE_SEEN, LIST_SEEN, phone={"free_bytes": 300_000_000}),
    ),
    told(
        "f5_vpn_that_works_fine",
        FINE,
        "a VPN that lets all pass",
        followers_tale(
            OPENED, PROFILE_SEEN, LIST_SEEN, phone={"vpn": True, "private_dns": "hostname"}
        ),
    ),
    told(
        "f5_airplane_for_a_moment_fine",
        FINE,
        "the app says offline at the start, and has all a moment later",
        followers_tale(
            replace(OPENED, messages=(NO_INTERNET,), play=together(ask_start)),
            replace(PROFILE_SEEN, play=ask_profile),
            LIST_SEEN,
        ),
    ),
)
