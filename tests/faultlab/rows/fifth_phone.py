"""Fifth draw, told of a phone: its state, its way out, our hands on it, and who may log in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility, QuicAttempt
from tests.faultlab.client_refusing import BAD_CERTIFICATE, CERTIFICATE_EXPIRED, CERTIFICATE_UNKNOWN
from tests.faultlab.fault import Fault
from tests.faultlab.phone import CONTROL_SITE, Seen, Step, nothing
from tests.faultlab.rows.making import (
    DEVICE,
    NETWORK,
    get,
    site,
    unreachable,
)
from tests.faultlab.rows.mixed import unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    WENT_WRONG,
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

OFFLINE = {"network": False, "validated": False}
NOT_SHOWN = "the own profile is not shown: No internet connection"
LAUNCHER = {
    "package": "com.google.android.apps.nexuslauncher",
    "activity": ".NexusLauncherActivity",
}
OUR_HOSTS = (TIKTOK, TELEMETRY)
UNKNOWN_HOST = (
    'W TTNet: profile failed: java.net.UnknownHostException: Unable to resolve host "api16-'
    'normal-c-useast1a.tiktokv.com": No address associated with hostname'
)
NOT_YET = (
    "W TTNet: settings failed: javax.net.ssl.SSLHandshakeException: java.security.cert."
    "CertificateNotYetValidException: Certificate not valid until Mon Nov 23 00:00:00 GMT 2026"
)
EXPIRED = (
    "W TTNet: settings failed: javax.net.ssl.SSLHandshakeException: java.security.cert."
    "CertificateExpiredException: Certificate expired at Sun Jun 13 00:00:00 GMT 2027"
)
NO_ANCHOR = (
    "W TTNet: settings failed: javax.net.ssl.SSLHandshakeException: java.security.cert."
    "CertPathValidatorException: Trust anchor for certification path not found."
)
FULL = (
    "E SQLiteDatabase: android.database.sqlite.SQLiteFullException: database or disk is full "
    "(code 13 SQLITE_FULL)"
)
PAST_US: tuple[Seen, ...] = tuple(
    ("adb", "quic.attempt", QuicAttempt(address)) for address in ("203.0.113.9", "203.0.113.44")
)


def not_shown(**more: Any) -> Step:
    """The own profile stays away and nothing was asked."""
    return failing(PROFILE_SEEN, NOT_SHOWN, play=nothing, seen=(), messages=(NO_INTERNET,), **more)


def silent(name: str, truth: tuple[str, str], breaks: str, **more: Any) -> Fault:
    """The app starts, then nothing of it reaches us and it says that there is no network."""
    return told(name, truth, breaks, followers_tale(OPENED, not_shown(**more)))


def opaque(fault: Fault) -> Fault:
    """Nothing of the app's calls can be read."""
    return replace(fault, visibility="opaque")


ROWS = (
    silent(
        "f5_airplane_by_somebody",
        DEVICE,
        "airplane mode is switched on under the scenario",
        log=("W TTNet: profile failed: net_error -106 ERR_INTERNET_DISCONNECTED",),
        phone={"airplane": True, "wifi": False, **OFFLINE},
    ),
    silent(
        "f5_wifi_switched_off",
        DEVICE,
        "Wi-Fi is switched off and there is no SIM",
        log=("W TTNet: profile failed: connect failed: ENETUNREACH (Network is unreachable)",),
        phone={"wifi": False, "mobile_data": False, **OFFLINE},
    ),
    silent(
        "f5_vpn_swallows_all",
        DEVICE,
        "a VPN on the phone takes all traffic and resolves nothing",
        log=(UNKNOWN_HOST,),
        phone={"vpn": True, "validated": False},
    ),
    silent(
        "f5_private_dns_dead",
        DEVICE,
        "the phone's private DNS names a provider that is gone",
        log=(UNKNOWN_HOST,),
        phone={"private_dns": "hostname", "validated": False},
    ),
    silent(
        "f5_wifi_without_internet",
        NETWORK,
        "the access point has lost its uplink",
        phone={"validated": False},
    ),
    silent(
        "f5_access_point_gone",
        NETWORK,
        "Wi-Fi is on and the access point is gone",
        phone=dict(OFFLINE),
    ),
    silent(
        "f5_portal_before_phone",
        NETWORK,
        "a portal wants a log-in to the Wi-Fi",
        phone={"validated": False, "captive_portal": True},
    ),
    told(
        "f5_storage_full_after_log_in",
        DEVICE,
        "the log-in is answered, the session cannot be kept: no space",
        log_in_tale(
            submitted(
                "not logged in; the app says: Something went wrong",
                messages=(WENT_WRONG,),
                log=(FULL,),
                phone={"free_bytes": 4_096_000},
            )
        ),
    ),
    told(
        "f5_crash_for_want_of_space",
        DEVICE,
        "no space on the phone: the app's database throws, the app ends",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: the app is not in front",
                seen=(),
                screen=LAUNCHER,
                page=None,
                log=(
                    FULL,
                    *crash(
                        "android.database.sqlite.SQLiteFullException: database or disk is full",
                        "android.database.sqlite.SQLiteConnection.nativeExecute(Native Method)",
                    ),
                ),
                phone={"free_bytes": 0},
            ),
        ),
    ),
    told(
        "f5_killed_for_memory",
        DEVICE,
        "Android takes the app for want of memory",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: the app is not in front",
                screen=LAUNCHER,
                page=None,
                log=killed_for_memory(),
                seen=(died("low_memory"),),
                phone={"memory_low": True},
            ),
        ),
    ),
    opaque(
        told(
            "f5_clock_two_years_behind",
            DEVICE,
            "the phone's clock is two years behind",
            followers_tale(
                replace(SHUT, play=refusing(*OUR_HOSTS, alert=BAD_CERTIFICATE), log=(NOT_YET,)),
                not_shown(),
                phone={"clock_offset": -63_100_000.0},
                visibility=CaptureVisibility("refused", "system"),
            ),
        )
    ),
    opaque(
        told(
            "f5_clock_a_year_ahead",
            DEVICE,
            "the phone's clock is 400 days ahead",
            followers_tale(
                replace(SHUT, play=refusing(*OUR_HOSTS, alert=CERTIFICATE_EXPIRED), log=(EXPIRED,)),
                not_shown(),
                phone={"clock_offset": 34_560_000.0},
                visibility=CaptureVisibility("refused", "system"),
            ),
        )
    ),
    unclear(
        opaque(
            told(
                "f5_clock_behind_unread",
                DEVICE,
                "a clock behind that could not be read: refusals everywhere",
                followers_tale(
                    replace(SHUT, play=refusing(*OUR_HOSTS, alert=CERTIFICATE_UNKNOWN)),
                    not_shown(),
                    phone={"clock_offset": None, "clock_uncertainty": None},
                    visibility=CaptureVisibility("not_made", "system"),
                ),
            )
        )
    ),
    told(
        "f5_uplink_of_both_gone",
        NETWORK,
        "no route to the service nor to a site that is always there",
        followers_tale(
            replace(OPENED, messages=(NO_INTERNET,)),
            failing(
                PROFILE_SEEN, NOT_SHOWN, seen=(), messages=(NO_INTERNET,), play=get(TIKTOK, times=2)
            ),
        ),
        *(unreachable(host, "no_route") for host in OUR_HOSTS),
        control=unreachable(CONTROL_SITE, "no_route"),
    ),
    told(
        "f5_portal_before_all",
        NETWORK,
        "a portal in front of the service and of a site that is always there",
        followers_tale(
            replace(OPENED, messages=(NO_INTERNET,)),
            failing(
                PROFILE_SEEN, NOT_SHOWN, seen=(), messages=(NO_INTERNET,), play=get(TIKTOK, times=2)
            ),
        ),
        *(site(host, cert="portal") for host in OUR_HOSTS),
        control=site(CONTROL_SITE, cert="portal"),
    ),
    told(
        "f5_airplane_before_start",
        DEVICE,
        "airplane mode was on all the time",
        followers_tale(
            replace(
                SHUT, log=("W TTNet: settings failed: net_error -106 ERR_INTERNET_DISCONNECTED",)
            ),
            not_shown(),
            phone={"airplane": True, "wifi": False, **OFFLINE},
        ),
    ),
)
