"""Sixth draw: networks that fail under a phone, their look-alikes, and phones that are well."""

from __future__ import annotations

from dataclasses import replace

from harness.domain.facts.screen import LocatorMatch, ScreenValue
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.origin_http1 import after, answer, by_path, drip, hang, reset_unanswered, serve
from tests.faultlab.origin_http1_odd import alternating
from tests.faultlab.phone import CONTROL_SITE, PACKAGE, Seen, message
from tests.faultlab.rows.making import (
    CLIENT,
    DEVICE,
    FINE,
    NETWORK,
    SERVER,
    get,
    site,
    together,
    unreachable,
)
from tests.faultlab.rows.mixed import CDN
from tests.faultlab.rows.sixth_phone import (
    CUT_OFF,
    DARK_CONTROL,
    LIST_LOADING,
    PROFILE_SHUT,
    RADIOS_OFF,
    SECOND_FINE,
    SECOND_ILL,
    START_SHUT,
    hosts,
    unclear,
)
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    WENT_WRONG,
    ask_profile,
    ask_start,
    crash,
    failing,
    followers_tale,
    log_in_tale,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import FEED, FOLLOWERS, PROFILE, SETTINGS, TELEMETRY, TIKTOK
from tests.faultlab.tiktok_bodies import app_body, feed, logged_in, says
from tests.faultlab.world import Host

ROUNDED: Seen = (
    "appium",
    "ui.value",
    ScreenValue("follower_count", "1.2K", 1200, approximate=True),
)


def thin(name: str) -> Host:
    """A host at the other end of a line that carries 300 bytes a second."""
    slow = drip(30_000, 300.0)
    return Host(name, serve(slow, front=slow), TlsPlan(after=3.0))


NOTICE = message("list_notice", "Only you can see all followers")
_LIST_HANGS = replace(LIST_SEEN, play=get(TIKTOK, FOLLOWERS, timeout=11.0))

ROWS = (
    told(
        "f6_ph_hotel_portal",
        NETWORK,
        "a hotel's network wants a room number: Android says so, every host is the portal",
        followers_tale(
            failing(replace(OPENED, messages=(NO_INTERNET,)), START_SHUT),
            phone={"captive_portal": True, "validated": False},
        ),
        site(TIKTOK, cert="portal"),
        site(TELEMETRY, cert="portal"),
        control=site(CONTROL_SITE, cert="portal"),
    ),
    told(
        "f6_ph_access_point_without_internet",
        NETWORK,
        "Wi-Fi is there and leads nowhere: no name can be found, the control site's neither",
        followers_tale(
            failing(replace(OPENED, messages=(NO_INTERNET,)), START_SHUT),
            phone={"validated": False},
        ),
        *hosts("dead_name"),
        control=DARK_CONTROL,
    ),
    told(
        "f6_ph_line_too_thin",
        NETWORK,
        "every host takes seconds for its handshake and drips, the control site as well",
        followers_tale(
            failing(
                replace(
                    OPENED,
                    play=together(get(TELEMETRY, timeout=6.0), get(TIKTOK, SETTINGS, timeout=12.0)),
                    messages=(NO_INTERNET,),
                ),
                START_SHUT,
                screen={"spinner": True},
            ),
        ),
        *(thin(host) for host in (TIKTOK, TELEMETRY)),
        control=thin(CONTROL_SITE),
    ),
    told(
        "f6_ph_calls_and_control_lost",
        NETWORK,
        "calls are reset on their way, ours as well, and the control site cannot be reached",
        followers_tale(
            OPENED,
            failing(
                replace(PROFILE_SEEN, play=together(*[ask_profile] * 2)),
                PROFILE_SHUT,
                page=None,
                messages=(NO_INTERNET,),
                seen=(),
                phone={"validated": False},
            ),
        ),
        site(
            TIKTOK,
            by_path({PROFILE: reset_unanswered, FEED: says(feed())}, says(app_body())),
            front=reset_unanswered,
        ),
        control=unreachable(CONTROL_SITE, "no_route"),
    ),
    unclear(
        told(
            "f6_ph_wifi_on_and_no_network",
            NETWORK,
            "Wi-Fi is on and no network is there: the access point or the phone",
            followers_tale(
                OPENED,
                failing(
                    replace(PROFILE_SEEN, play=SHUT.play),
                    PROFILE_SHUT,
                    page=None,
                    messages=(NO_INTERNET,),
                    seen=(),
                    phone={**CUT_OFF, "mobile_data": False},
                ),
            ),
        )
    ),
    told(
        "f6_ph_all_of_the_service_refuses",
        SERVER,
        "no host of the service takes connections; the control site and the phone are well",
        followers_tale(
            failing(
                replace(OPENED, play=together(ask_start, get(TELEMETRY)), messages=(NO_INTERNET,)),
                START_SHUT,
            )
        ),
        *hosts("refused"),
    ),
    unclear(
        told(
            "f6_ph_all_unreachable_no_control",
            NETWORK,
            "no route to any host of the service, and nobody asked anything else",
            followers_tale(
                failing(
                    replace(
                        OPENED, play=together(ask_start, get(TELEMETRY)), messages=(NO_INTERNET,)
                    ),
                    START_SHUT,
                ),
                control=False,
                phone={"validated": None},
            ),
            *hosts("no_route"),
        )
    ),
    told(
        "f6_ph_hang_on_both_phones",
        SERVER,
        "the list is never answered, on a second phone neither",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(_LIST_HANGS, LIST_LOADING, screen={"spinner": True}, seen=(SECOND_ILL,)),
        ),
        ill={"followers": hang},
    ),
    unclear(
        told(
            "f6_ph_silent_here_well_there",
            DEVICE,
            "the app says no internet and asks nobody; a second phone is well",
            followers_tale(
                failing(SHUT, START_SHUT, seen=(SECOND_FINE,)),
                phone={"validated": None, "network": None},
                control=False,
            ),
        )
    ),
    told(
        "f6_ph_slow_log_in_fine",
        FINE,
        "the log-in takes 4 s and works",
        log_in_tale(submitted(), replace(PROFILE_SEEN, title="see the own profile")),
        ill={"login": after(4.0, says(logged_in()))},
    ),
    told(
        "f6_ph_background_503_fine",
        FINE,
        "pictures fail in the background, what the steps need is well",
        followers_tale(
            OPENED,
            replace(PROFILE_SEEN, play=together(ask_profile, get(CDN, "/obj/x.webp", times=3))),
            LIST_SEEN,
        ),
        site(CDN, answer(503, ""), front=answer(503, "")),
    ),
    told(
        "f6_ph_push_process_killed_fine",
        FINE,
        "Android ends the app's push process, the scenario passes",
        followers_tale(
            OPENED,
            replace(
                PROFILE_SEEN,
                log=(f"I am_kill: [0,4802,{PACKAGE}:push,925,empty #31]",),
            ),
            LIST_SEEN,
        ),
    ),
    told(
        "f6_ph_another_locator_fine",
        FINE,
        "an element is found by its second locator",
        followers_tale(
            OPENED,
            replace(
                PROFILE_SEEN,
                seen=(
                    *PROFILE_SEEN.seen,
                    (
                        "appium",
                        "ui.locator",
                        LocatorMatch(
                            "own_profile", "followers_label", "text: Followers", ("id: fl2",)
                        ),
                    ),
                ),
            ),
            LIST_SEEN,
        ),
    ),
    told(
        "f6_ph_vpn_and_clock_fine",
        FINE,
        "a VPN is on, the clock is 50 s off, the battery low: all works",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            LIST_SEEN,
            phone={"vpn": True, "clock_offset": -50.4, "battery": 6},
        ),
    ),
    told(
        "f6_ph_counters_rounded_fine",
        FINE,
        "the screen rounds 1204 to 1.2K",
        followers_tale(
            OPENED,
            replace(PROFILE_SEEN, seen=(ROUNDED,)),
            replace(LIST_SEEN, messages=(NOTICE,)),
        ),
    ),
    told(
        "f6_ph_offline_crash",
        CLIENT,
        "without network, which we took, the app dies of a null",
        replace(
            followers_tale(
                failing(
                    SHUT,
                    "the start page is not shown: nothing is shown",
                    page=None,
                    log=crash(
                        "java.lang.NullPointerException: Attempt to read from null array",
                        "com.ss.android.ugc.aweme.offline.OfflineFeed.load(OfflineFeed.kt:88)",
                    ),
                ),
                phone={**RADIOS_OFF, "airplane": True, "cut_by_us": True},
            ),
            scenario="offline_content",
        ),
    ),
    told(
        "f6_ph_two_ill_nodes",
        SERVER,
        "two nodes, 500 from the one and 503 from the other; a second phone fails as well",
        followers_tale(
            OPENED,
            failing(
                replace(PROFILE_SEEN, play=together(*[get(TIKTOK, PROFILE)] * 3)),
                "the own profile is not shown: Something went wrong",
                page=None,
                messages=(WENT_WRONG,),
                seen=(SECOND_ILL,),
            ),
        ),
        ill={"profile": alternating(answer(500, ""), answer(503, ""))},
    ),
)
