"""Sixth draw: what happens to a phone and its network while a scenario runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import AppNotResponding
from harness.domain.facts.screen import LocatorMatch
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import after, answer, drip, hang, reset_unanswered, serve
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
    died,
    failing,
    followers_tale,
    killed_for_memory,
    log_in_tale,
    number,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import TELEMETRY, TIKTOK
from tests.faultlab.rows.trust import refusing
from tests.faultlab.tiktok_bodies import logged_in, says
from tests.faultlab.world import Host

MEGABYTE = 10**6
NO_SPACE = message("no_space", "Not enough storage. Free up space to continue.")
START_SHUT = "the start page is not shown: No internet connection"
PROFILE_SHUT = "the own profile is not shown: No internet connection"
LIST_LOADING = "the list of followers is not shown: it is still loading"


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def control(name: str, result: str, statement: str, **more: Any) -> Seen:
    """A control that was made in the step."""
    return ("control", "control", ControlMade(name, result, statement, **more))


SECOND_FINE = control(
    "second_phone",
    "ok",
    "On the phone pixel-8 the scenario followers passed in this run.",
    target="pixel-8",
)
SECOND_ILL = control(
    "second_phone",
    "failed",
    "On the phone pixel-8 the scenario followers failed as well.",
    target="pixel-8",
)
OFF_TOO = control(
    "capture_off",
    "failed",
    "With our capture off the same step fails as well.",
    stages={"trial": "failed", "off": "failed", "on": "not_made"},
)
CUT_OFF: dict[str, Any] = {"network": False, "validated": False}
RADIOS_OFF = {**CUT_OFF, "wifi": False, "mobile_data": False}
DARK_CONTROL = unreachable(CONTROL_SITE, "dead_name")


def shut_tale(**more: Any) -> Any:
    """The app is opened and reaches nobody."""
    return followers_tale(failing(SHUT, START_SHUT, wait=0.5), **more)


def hosts(reach: str) -> tuple[Host, ...]:
    """The API and telemetry are reached like this."""
    return unreachable(TIKTOK, reach), unreachable(TELEMETRY, reach)


_LIST_HANGS = replace(LIST_SEEN, play=get(TIKTOK, "/aweme/v1/user/follower/list/", timeout=11.0))

ROWS = (
    told(
        "f6_ph_both_radios_off",
        DEVICE,
        "Wi-Fi and mobile data are switched off on the phone",
        shut_tale(phone=RADIOS_OFF),
    ),
    told(
        "f6_ph_airplane_in_the_middle",
        DEVICE,
        "airplane mode comes on after the profile was seen",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                replace(LIST_SEEN, play=SHUT.play, messages=(NO_INTERNET,)),
                "the list of followers is not shown: No internet connection",
                phone={**RADIOS_OFF, "airplane": True},
            ),
        ),
    ),
    told(
        "f6_ph_killed_for_memory_in_list",
        DEVICE,
        "the low memory killer takes the app while the list loads",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: nothing is shown",
                page=None,
                log=killed_for_memory(),
                screen={"package": "com.sec.android.app.launcher", "activity": ".Launcher"},
                phone={"memory_low": True},
            ),
        ),
    ),
    told(
        "f6_ph_memory_by_exit_info",
        DEVICE,
        "Android's own list says low memory, the log nothing",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: nothing is shown",
                page=None,
                seen=(died("low_memory", "oom_adj 0"),),
                screen={"package": "com.sec.android.app.launcher", "activity": ".Launcher"},
                phone={"memory_low": True},
            ),
        ),
    ),
    told(
        "f6_ph_database_full_crash",
        DEVICE,
        "no byte is free: the app's database cannot grow, and it dies of that",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: nothing is shown",
                page=None,
                log=crash(
                    "android.database.sqlite.SQLiteFullException: database or disk is full",
                    "android.database.sqlite.SQLiteConnection.nativeExecute(Native Method)",
                ),
                phone={"free_bytes": 3 * MEGABYTE},
            ),
            phone={"free_bytes": 3 * MEGABYTE},
        ),
    ),
    told(
        "f6_ph_no_space_said",
        DEVICE,
        "the app says that the storage is full, and it is",
        log_in_tale(
            submitted(
                "not logged in; the app says: Not enough storage. Free up space to continue.",
                play=SHUT.play,
                messages=(NO_SPACE,),
                phone={"free_bytes": 40 * MEGABYTE},
            ),
            phone={"free_bytes": 40 * MEGABYTE},
        ),
    ),
    replace(
        told(
            "f6_ph_clock_seven_years_ahead",
            DEVICE,
            "the phone's clock is in 2033: every certificate has expired",
            followers_tale(
                failing(
                    replace(SHUT, play=refusing(TIKTOK, TELEMETRY, alert=45)),
                    START_SHUT,
                    log=(
                        "E cr_X509Util: Failed to validate: net_error -201 ERR_CERT_DATE_INVALID",
                    ),
                ),
                phone={"clock_offset": 220_000_000.0},
            ),
        ),
        visibility="opaque",
    ),
    told(
        "f6_ph_private_dns_of_a_dead_host",
        DEVICE,
        "the phone's private DNS names a server that is gone",
        followers_tale(
            failing(
                SHUT,
                START_SHUT,
                log=(
                    f"W System.err: java.net.UnknownHostException: Unable to resolve host {TIKTOK}",
                ),
            ),
            phone={"private_dns": "hostname", "validated": False},
        ),
    ),
    told(
        "f6_ph_vpn_without_a_way_out",
        DEVICE,
        "a VPN on the phone swallows what the app says; nothing reaches the proxy",
        shut_tale(
            phone={"vpn": True, "validated": False},
            visibility=CaptureVisibility("not_seen", "system", "no request of ours came through"),
        ),
    ),
    told(
        "f6_ph_started_again_by_itself",
        DEVICE,
        "the phone restarts in the middle of the list",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the phone is gone",
                kind="instrument",
                page=None,
                seen=(
                    (
                        "harness",
                        "instrument.failed",
                        InstrumentFailure(
                            "adb", "read the screen", "device offline", True, "phone_gone"
                        ),
                    ),
                ),
                phone={"uptime": 24.0, "locked": True},
            ),
            result="broken",
        ),
    ),
    unclear(
        told(
            "f6_ph_a_call_comes_in",
            DEVICE,
            "a phone call covers the app: the table knows no such end",
            followers_tale(
                OPENED,
                failing(
                    PROFILE_SEEN,
                    "the own profile is not shown: nothing is shown",
                    page=None,
                    screen={
                        "package": "com.samsung.android.incallui",
                        "activity": "com.android.incallui.InCallActivity",
                    },
                ),
            ),
        )
    ),
    unclear(
        told(
            "f6_ph_webview_updated",
            DEVICE,
            "the store updates WebView, and Android ends the app for that",
            followers_tale(
                OPENED,
                failing(
                    PROFILE_SEEN,
                    "the own profile is not shown: nothing is shown",
                    page=None,
                    seen=(died("dependency_died", "com.google.android.webview"),),
                ),
            ),
        )
    ),
    unclear(
        told(
            "f6_ph_anr_on_a_full_machine",
            DEVICE,
            "the app does not respond while the phone is short of memory: either may be why",
            followers_tale(
                OPENED,
                failing(
                    PROFILE_SEEN,
                    "the own profile is not shown: nothing is shown",
                    page=None,
                    seen=(
                        (
                            "adb",
                            "app.anr",
                            AppNotResponding(PACKAGE, "Input dispatching timed out"),
                        ),
                    ),
                    screen={"system_dialog": "anr"},
                    phone={"memory_low": True},
                ),
                phone={"memory_low": True},
            ),
        )
    ),
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
        "every host drips, the control site as well",
        followers_tale(
            OPENED,
            failing(
                replace(
                    PROFILE_SEEN, play=get(TIKTOK, "/aweme/v1/user/profile/self/", timeout=11.0)
                ),
                "the own profile is not shown: nothing is shown",
                page=None,
                messages=(NO_INTERNET,),
                seen=(),
                screen={"spinner": True},
            ),
        ),
        ill={"profile": drip(30_000, 300.0)},
        control=Host(CONTROL_SITE, serve(drip(9_000, 40.0), front=hang), TlsPlan(after=4.0)),
    ),
    told(
        "f6_ph_calls_and_control_lost",
        NETWORK,
        "calls are reset now and then, and the control site cannot be reached",
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
        ill={"profile": reset_unanswered},
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
        "f6_ph_all_of_the_service_unreachable",
        SERVER,
        "no route to any host of the service; the control site and the phone's network are well",
        followers_tale(
            failing(
                replace(OPENED, play=together(ask_start, get(TELEMETRY)), messages=(NO_INTERNET,)),
                START_SHUT,
            )
        ),
        *hosts("no_route"),
    ),
    unclear(
        told(
            "f6_ph_all_unreachable_no_control",
            SERVER,
            "the same, and nobody asked anything else",
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
            replace(PROFILE_SEEN, seen=(number("follower_count", "1204", 1204),)),
            replace(
                LIST_SEEN, messages=(message("list_notice", "Only you can see all followers"),)
            ),
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
                replace(
                    PROFILE_SEEN, play=together(*[get(TIKTOK, "/aweme/v1/user/profile/self/")] * 3)
                ),
                "the own profile is not shown: Something went wrong",
                page=None,
                messages=(WENT_WRONG,),
                seen=(SECOND_ILL,),
            ),
        ),
        ill={"profile": alternating(answer(500, ""), answer(503, ""))},
    ),
)
