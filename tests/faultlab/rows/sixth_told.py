"""Sixth draw: scenarios in which the service, the app or the account is answerable."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import QuicAttempt
from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import answer, hang
from tests.faultlab.phone import Seen, message
from tests.faultlab.rows.making import (
    ACCOUNT,
    CLIENT,
    SERVER,
    Truth,
    get,
    together,
)
from tests.faultlab.rows.sixth_phone import (
    OFF_TOO,
    SECOND_ILL,
    control,
)
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    WENT_WRONG,
    ask_list,
    failing,
    followers_tale,
    log_in_tale,
    log_in_within,
    number,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import FOLLOWERS, LOGIN, TIKTOK
from tests.faultlab.tiktok_bodies import (
    app_body,
    followers,
    passport_error,
    profile,
    says,
)

NOTHING = "the own profile is not shown: nothing is shown"
LIST_WRONG = "the list of followers is not shown: Something went wrong"
EMPTY = message("empty_list", "No followers yet")
PRIVATE = message("private_list", "This list is private")


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def counters(name: str, truth: Truth, breaks: str, problem: str, *seen: Seen, **ill: Any) -> Fault:
    """The own profile shows these numbers, and they are not right."""
    failed = failing(PROFILE_SEEN, problem, seen=seen)
    return told(name, truth, breaks, followers_tale(OPENED, failed), ill=ill)


def no_list(name: str, truth: Truth, breaks: str, problem: str, ill: Any, **changes: Any) -> Fault:
    """The profile is well, the list is not."""
    failed = failing(LIST_SEEN, problem, **changes)
    return told(name, truth, breaks, followers_tale(OPENED, PROFILE_SEEN, failed), ill=ill)


def gives_up(seconds: float, path: str, times: int) -> Any:
    """The app asks and leaves after so long."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client.get(route, TIKTOK, path, timeout=seconds)
            time.sleep(0.2)

    return play


STALE = number("follower_count", "1,204", 1204)
BASELINE = control(
    "baseline",
    "ok",
    f"In earlier runs on this phone POST {TIKTOK}{LOGIN} was answered 6 times of 6, within 0.9 s.",
    target=f"POST {TIKTOK}{LOGIN}",
    usual=0.9,
)
ROWS = (
    told(
        "f6_told_log_in_hangs",
        SERVER,
        "the log-in is never answered; earlier runs had it within a second",
        log_in_tale(
            submitted(
                "not logged in; the app says: nothing",
                play=log_in_within(11.0),
                screen={"spinner": True},
                seen=(BASELINE,),
            )
        ),
        ill={"login": hang},
    ),
    told(
        "f6_told_log_in_502_no_internet_said",
        SERVER,
        "502 to the log-in; the app calls that no internet",
        log_in_tale(
            submitted(
                "not logged in; the app says: No internet connection",
                play=log_in_within(8.0, 2),
                messages=(NO_INTERNET,),
            )
        ),
        ill={"login": answer(502, "<html>502</html>", "text/html")},
    ),
    told(
        "f6_told_log_in_busy_italian",
        SERVER,
        "the log-in service says in Italian that it is overloaded",
        log_in_tale(submitted("not logged in; the app says: nothing")),
        ill={"login": says(passport_error(9890, "Il server è sovraccarico, riprova più tardi"))},
    ),
    counters(
        "f6_told_counter_dropped",
        SERVER,
        "the service says 0 followers, the app shows 0; 1204 were known",
        "the profile service says 0 followers, known are 1204",
        number("follower_count", "0", 0),
        profile=says(profile(0)),
    ),
    counters(
        "f6_told_counter_missing",
        SERVER,
        "the service leaves the counter out; the app shows a dash",
        "the number of followers could not be read",
        number("follower_count", "-", None),
        profile=says(profile(None)),
    ),
    counters(
        "f6_told_shows_zero_of_many",
        CLIENT,
        "the service says 1204, the app shows 0",
        "the screen shows 0 followers, the profile service said 1204",
        number("follower_count", "0", 0),
    ),
    counters(
        "f6_told_old_number_shown",
        CLIENT,
        "the service says 1299, the app goes on showing the 1204 that it had",
        "the screen shows 1204 followers, the profile service said 1299",
        STALE,
        profile=says(profile(1299)),
    ),
    unclear(
        told(
            "f6_told_old_number_behind_500",
            SERVER,
            "500 to the profile, and the app shows its old number as if it were new: both at fault",
            followers_tale(
                OPENED,
                failing(PROFILE_SEEN, "the profile service did not give what is shown"),
            ),
            ill={"profile": answer(500, "")},
        )
    ),
    told(
        "f6_told_never_asks",
        CLIENT,
        "the app never asks for the profile; network and control site are well",
        followers_tale(
            OPENED,
            failing(
                replace(PROFILE_SEEN, play=SHUT.play, seen=(OFF_TOO,)),
                "the own profile is not shown: nothing is shown",
                page=None,
                screen={"spinner": True},
                wait=1.0,
            ),
        ),
    ),
    unclear(
        told(
            "f6_told_maybe_over_quic",
            SERVER,
            "nothing is asked where we see it, and something goes past us over QUIC",
            followers_tale(
                OPENED,
                failing(
                    replace(PROFILE_SEEN, play=SHUT.play),
                    NOTHING,
                    page=None,
                    screen={"spinner": True},
                    seen=(("adb", "quic.attempt", QuicAttempt("203.0.113.77")),),
                ),
            ),
        )
    ),
    no_list(
        "f6_told_list_empty_of_twenty",
        CLIENT,
        "twenty followers are given, the app shows an empty list",
        "the screen shows no follower, the follower service gave 20",
        None,
        messages=(EMPTY,),
        seen=(number("followers", "0", 0),),
    ),
    no_list(
        "f6_told_list_empty_as_given",
        SERVER,
        "the service gives none of 1204 followers, the app shows that",
        "the follower service gave no follower of 1204",
        {"followers": says(followers(0, 1204))},
        messages=(EMPTY,),
        seen=(number("followers", "0", 0),),
    ),
    no_list(
        "f6_told_something_wrong_all_answered",
        CLIENT,
        "every call is answered well, and the app says that something went wrong",
        LIST_WRONG,
        None,
        messages=(WENT_WRONG,),
        seen=(OFF_TOO,),
    ),
    no_list(
        "f6_told_list_half_json",
        SERVER,
        "the list ends in the middle of its JSON, each time",
        LIST_WRONG,
        {"followers": answer(200, '{"status_code":0,"followers":[{"uid":"1"', "application/json")},
        play=together(ask_list, ask_list),
        messages=(WENT_WRONG,),
    ),
    no_list(
        "f6_told_list_503_second_phone",
        SERVER,
        "503 to the list, on a second phone as well",
        LIST_WRONG,
        {"followers": answer(503, "", "text/plain", retry_after="120")},
        play=get(TIKTOK, FOLLOWERS, times=3),
        messages=(WENT_WRONG,),
        seen=(SECOND_ILL,),
    ),
    no_list(
        "f6_told_list_private",
        ACCOUNT,
        "the list is hidden by its owner",
        "the list of followers is not shown: This list is private",
        {"followers": says(app_body(2096, ""))},
        messages=(PRIVATE,),
    ),
)
