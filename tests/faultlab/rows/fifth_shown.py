"""Fifth draw, told of a phone: the screen shows what came, for good or ill."""

from __future__ import annotations

from dataclasses import replace

from harness.domain.facts.screen import ScreenValue
from tests.faultlab.origin_http1 import after, answer, close_unanswered, hang, in_turn
from tests.faultlab.phone import PACKAGE, nothing
from tests.faultlab.rows.fifth_phone import PAST_US, opaque
from tests.faultlab.rows.fifth_screens import counters
from tests.faultlab.rows.making import FINE, SERVER, get, together
from tests.faultlab.rows.mixed import unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    WENT_WRONG,
    ask_list,
    ask_start,
    crash,
    failing,
    followers_tale,
    log_in_tale,
    log_in_within,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import FOLLOWERS, PROFILE, TIKTOK
from tests.faultlab.tiktok_bodies import app_body, followers, profile, says

PUSH = tuple(
    line.replace(PACKAGE, f"{PACKAGE}:push")
    for line in crash("java.lang.IllegalStateException: Not allowed")
)


ZEROS = "the screen shows 0 for follower_count, though it was 1204 before"


ROWS = (
    told(
        "f5_push_process_dies_fine",
        FINE,
        "a process beside dies; the person has all",
        followers_tale(OPENED, replace(PROFILE_SEEN, log=PUSH), LIST_SEEN),
    ),
    told(
        "f5_zeros_from_the_service",
        SERVER,
        "the service says 0, a file of the app 1204, the screen 0",
        followers_tale(OPENED, counters("0", 0, ZEROS)),
        ill={"profile": says(profile(0))},
    ),
    unclear(
        opaque(
            told(
                "f5_zeros_unread",
                SERVER,
                "the screen says 0, a file of the app 1204, the call went past us",
                followers_tale(
                    replace(OPENED, play=nothing, seen=PAST_US),
                    counters("0", 0, ZEROS, play=nothing),
                ),
            )
        )
    ),
    told(
        "f5_list_503_seen",
        SERVER,
        "503 to the list three times, the screen says so",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: Something went wrong",
                messages=(WENT_WRONG,),
                play=get(TIKTOK, FOLLOWERS, times=3),
            ),
        ),
        ill={"followers": answer(503, "upstream")},
    ),
    told(
        "f5_log_in_hangs_seen",
        SERVER,
        "the log-in is not answered in 11 s",
        log_in_tale(
            submitted(
                "not logged in; the app says: Something went wrong",
                messages=(WENT_WRONG,),
                play=log_in_within(11.0),
            )
        ),
        ill={"login": hang},
    ),
    told(
        "f5_list_closes_seen",
        SERVER,
        "FIN instead of the list, three times",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: No internet connection",
                messages=(NO_INTERNET,),
                play=get(TIKTOK, FOLLOWERS, times=3),
            ),
        ),
        ill={"followers": close_unanswered},
    ),
    unclear(
        told(
            "f5_counter_of_another_account",
            SERVER,
            "the profile of somebody else, shown as it came",
            followers_tale(
                OPENED,
                counters(
                    "77", 77, "the screen shows 77 for follower_count, though it was 1204 before"
                ),
                known={"follower_count": 1204},
            ),
            ill={"profile": says(profile(77, "somebody.else"))},
        )
    ),
    told(
        "f5_slow_list_fine",
        FINE,
        "the list takes 6 s, and is shown",
        followers_tale(OPENED, PROFILE_SEEN, LIST_SEEN),
        ill={"followers": after(6.0, says(followers()))},
    ),
    told(
        "f5_list_500_once_fine",
        FINE,
        "500 once, the app asks again and shows the list",
        followers_tale(
            OPENED, PROFILE_SEEN, replace(LIST_SEEN, play=get(TIKTOK, FOLLOWERS, times=2))
        ),
        ill={"followers": in_turn(answer(500, ""), says(followers()))},
    ),
    told(
        "f5_settings_500_seen_fine",
        FINE,
        "the settings fail, the person has all",
        followers_tale(
            replace(OPENED, play=together(ask_start, get(TIKTOK, PROFILE))),
            PROFILE_SEEN,
            replace(LIST_SEEN, play=together(ask_list, ask_list)),
        ),
        ill={"settings": in_turn(answer(500, ""), says(app_body(data={})))},
    ),
    told(
        "f5_own_number_rounded_fine",
        FINE,
        "1.2K on the screen, 1204 by the service",
        followers_tale(
            OPENED,
            replace(
                PROFILE_SEEN,
                seen=(
                    (
                        "appium",
                        "ui.value",
                        ScreenValue("follower_count", "1.2K", 1200, approximate=True),
                    ),
                ),
            ),
            LIST_SEEN,
        ),
    ),
    told(
        "f5_profile_hidden_by_504",
        SERVER,
        "504 to the own profile after 3 s, twice",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: Something went wrong",
                seen=(),
                messages=(WENT_WRONG,),
                play=get(TIKTOK, PROFILE, times=2),
            ),
        ),
        ill={"profile": after(3.0, answer(504, ""))},
    ),
)
