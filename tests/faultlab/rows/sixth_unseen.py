"""Sixth draw: phones whose traffic is not looked at, or can be read nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.device import AppNotResponding
from tests.faultlab.fault import Fault
from tests.faultlab.phone import CONTROL_SITE, PACKAGE, message
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    CLIENT,
    DEVICE,
    FINE,
    HARNESS,
    NETWORK,
    SERVER,
    Truth,
    site,
    unreachable,
)
from tests.faultlab.rows.sixth_opaque import NO_ANCHOR
from tests.faultlab.rows.sixth_phone import (
    DARK_CONTROL,
    LIST_LOADING,
    PROFILE_SHUT,
    RADIOS_OFF,
    SECOND_ILL,
    START_SHUT,
    unclear,
)
from tests.faultlab.rows.telling import (
    CONTROL_FINE,
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    WENT_WRONG,
    crash,
    failing,
    followers_tale,
    log_in_tale,
    refuses,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import TELEMETRY, TIKTOK
from tests.faultlab.rows.trust import refusing
from tests.faultlab.world import Host

_TOLD = "no proxy is set and no traffic is looked at: capture: none in devices.yaml"
NOT_LOOKED_AT = CaptureVisibility("not_made", "none", _TOLD, policy="none", way="none")
WRONG_PASSWORD = message("wrong_password", "Falsches Passwort")
BIRTHDAY = message("age_gate", "When's your birthday?")
BLANK: dict[str, Any] = {"play": SHUT.play, "page": None, "seen": ()}
QUIET = replace(OPENED, play=SHUT.play)
PROFILE_THERE = replace(PROFILE_SEEN, play=SHUT.play)


def unseen(
    name: str, truth: Truth, breaks: str, tale: Any, *hosts: Host, control: Host = CONTROL_FINE
) -> Fault:
    """Nothing of the app's traffic is seen."""
    return replace(told(name, truth, breaks, tale, *hosts, control=control), visibility="opaque")


def looks(*steps: Any, **more: Any) -> Any:
    """The followers scenario on a phone whose traffic is left alone."""
    return followers_tale(QUIET, *steps, visibility=NOT_LOOKED_AT, **more)


def logs_in(step: Any, **more: Any) -> Any:
    """The log-in scenario on such a phone."""
    return log_in_tale(step, first=QUIET, visibility=NOT_LOOKED_AT, **more)


ROWS = (
    unseen(
        "f6_un_password_on_the_screen",
        ACCOUNT,
        "the screen says in German that the password is wrong",
        logs_in(
            submitted(
                "not logged in; the app says: Falsches Passwort",
                play=SHUT.play,
                messages=(WRONG_PASSWORD,),
            )
        ),
    ),
    unseen(
        "f6_un_birthday_on_the_screen",
        ACCOUNT_GATE,
        "the app asks for the birthday",
        logs_in(
            submitted(
                "blocked: When's your birthday?",
                play=SHUT.play,
                kind="blocked",
                messages=(BIRTHDAY,),
            ),
            result="blocked",
            reason="age_gate",
        ),
    ),
    unclear(
        unseen(
            "f6_un_something_wrong_on_both_phones",
            SERVER,
            "something went wrong, on two phones: what, nobody sees",
            looks(
                failing(
                    replace(PROFILE_SEEN, **BLANK),
                    "the own profile is not shown: Something went wrong",
                    messages=(WENT_WRONG,),
                    seen=(SECOND_ILL,),
                )
            ),
        )
    ),
    unclear(
        unseen(
            "f6_un_list_loads_for_ever",
            SERVER,
            "the list is still loading when the step ends: the app, the service or the way",
            looks(
                PROFILE_THERE,
                failing(replace(LIST_SEEN, play=SHUT.play), LIST_LOADING, screen={"spinner": True}),
            ),
        )
    ),
    unseen(
        "f6_un_airplane",
        DEVICE,
        "airplane mode is on",
        looks(
            failing(
                replace(PROFILE_SEEN, **BLANK),
                PROFILE_SHUT,
                messages=(NO_INTERNET,),
                phone={**RADIOS_OFF, "airplane": True},
            )
        ),
    ),
    unseen(
        "f6_un_does_not_respond",
        CLIENT,
        "the app does not respond on a phone that is well",
        looks(
            failing(
                replace(PROFILE_SEEN, **BLANK),
                "the own profile is not shown: nothing is shown",
                seen=(("adb", "app.anr", AppNotResponding(PACKAGE, "executing service")),),
                screen={"system_dialog": "anr"},
            )
        ),
    ),
    unseen(
        "f6_un_no_internet_anywhere",
        NETWORK,
        "Android reaches nothing through its Wi-Fi, the control site is not reached either",
        looks(
            failing(
                replace(PROFILE_SEEN, **BLANK),
                PROFILE_SHUT,
                messages=(NO_INTERNET,),
                phone={"validated": False},
            )
        ),
        control=DARK_CONTROL,
    ),
    unseen(
        "f6_un_all_well_fine",
        FINE,
        "all steps pass",
        looks(PROFILE_THERE, replace(LIST_SEEN, play=SHUT.play)),
    ),
    unseen(
        "f6_un_dies_behind_pinned_telemetry",
        CLIENT,
        "telemetry refuses us as always; the app dies of an index of its own",
        followers_tale(
            replace(QUIET, play=refusing(TELEMETRY, alert=46)),
            failing(
                replace(PROFILE_SEEN, **BLANK),
                "the own profile is not shown: nothing is shown",
                log=crash(
                    "java.lang.IndexOutOfBoundsException: Index: 3, Size: 3",
                    "com.ss.android.ugc.aweme.profile.Tabs.select(Tabs.java:77)",
                ),
            ),
        ),
    ),
    unseen(
        "f6_un_pinned_and_name_dead",
        SERVER,
        "the app would refuse us, but the service's names are dead; the control site is well",
        followers_tale(
            failing(replace(SHUT, play=refuses(TIKTOK, TELEMETRY)), START_SHUT),
        ),
        unreachable(TIKTOK, "dead_name"),
        unreachable(TELEMETRY, "dead_name"),
    ),
    unseen(
        "f6_un_pinned_in_a_hotel",
        NETWORK,
        "the app would refuse us, but a hotel's portal stands before every host",
        followers_tale(
            failing(replace(SHUT, play=refuses(TIKTOK, TELEMETRY)), START_SHUT),
            phone={"captive_portal": True, "validated": False},
        ),
        site(TIKTOK, cert="portal"),
        site(TELEMETRY, cert="portal"),
        control=site(CONTROL_SITE, cert="portal"),
    ),
    unseen(
        "f6_un_leaves_handshakes_silently",
        HARNESS,
        "the app leaves each handshake without a word; the log says whose certificate it minds",
        followers_tale(
            failing(
                replace(SHUT, play=refusing(TIKTOK, times=4)),
                START_SHUT,
                log=NO_ANCHOR,
            )
        ),
    ),
)
