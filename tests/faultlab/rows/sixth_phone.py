"""Sixth draw: what happens to a phone and its network while a scenario runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import AppNotResponding
from tests.faultlab.fault import Fault
from tests.faultlab.phone import CONTROL_SITE, PACKAGE, Seen, message
from tests.faultlab.rows.making import (
    DEVICE,
    unreachable,
)
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    crash,
    died,
    failing,
    followers_tale,
    killed_for_memory,
    log_in_tale,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import TELEMETRY, TIKTOK
from tests.faultlab.rows.trust import refusing
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
                seen=(),
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
                    log=("E cr_X509Util: net_error -201 ERR_CERT_DATE_INVALID",),
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
                    seen=(),
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
)
