"""Fifth draw, told of a phone: crashes, screens against answers, what works without network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.domain.facts.device import AppNotResponding
from harness.domain.facts.screen import ScreenValue
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import after, answer
from tests.faultlab.phone import PACKAGE, PID, Seen, Step, message, nothing
from tests.faultlab.rows.fifth_phone import LAUNCHER
from tests.faultlab.rows.making import CLIENT, SERVER, get
from tests.faultlab.rows.mixed import unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    WENT_WRONG,
    crash,
    failing,
    followers_tale,
    log_in_tale,
    log_in_within,
    number,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import FOLLOWERS, TIKTOK
from tests.faultlab.tiktok_bodies import app_body, logged_in, profile, says

GONE = "the list of followers is not shown: the app is not in front"
NPE = crash(
    "java.lang.NullPointerException: Attempt to invoke virtual method 'int X.0abc.size()' on a "
    "null object reference",
    "X.1Zq.onBindViewHolder(SourceFile:19)",
    "androidx.recyclerview.widget.RecyclerView.dispatchLayout(SourceFile:4)",
)
HEAP = crash(
    "java.lang.OutOfMemoryError: Failed to allocate a 67108880 byte allocation with 4194304 free "
    "bytes and 6MB until OOM",
    "android.graphics.BitmapFactory.nativeDecodeStream(Native Method)",
)
NATIVE = (
    "F DEBUG: *** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***",
    f"F DEBUG: pid: {PID}, tid: 4790, name: CronetNet  >>> {PACKAGE} <<<",
    "F DEBUG: signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0000000000000018",
    "F DEBUG:       #00 pc 00000000001b4f20  /data/app/lib/arm64/libsscronet.so (BuildId: 5f2c)",
    f"I am_proc_died: [0,{PID},{PACKAGE},0,2]",
)
ANR: Seen = (
    "adb",
    "app.anr",
    AppNotResponding(
        PACKAGE,
        "Input dispatching timed out (MainActivity is not responding. Waited 5004ms)",
    ),
)


def ends(name: str, truth: tuple[str, str], breaks: str, log: Sequence[str], *seen: Seen) -> Fault:
    """The app ends under the list, which the service gives."""
    step = failing(LIST_SEEN, GONE, log=tuple(log), seen=seen, screen=LAUNCHER, page=None)
    return told(name, truth, breaks, followers_tale(OPENED, PROFILE_SEEN, step))


def counters(text: str, value: int, says_what: str, **more: Any) -> Step:
    """The own counters, wrong on the screen."""
    return failing(PROFILE_SEEN, says_what, seen=(number("follower_count", text, value),), **more)


ROWS = (
    ends(
        "f5_null_pointer_on_list",
        CLIENT,
        "NullPointerException while an answered list is drawn",
        NPE,
    ),
    ends(
        "f5_heap_exhausted", CLIENT, "the app's own heap is full; the phone has memory enough", HEAP
    ),
    ends("f5_network_library_dies", CLIENT, "SIGSEGV in the app's network library", NATIVE),
    told(
        "f5_not_responding",
        CLIENT,
        "the main thread stands still behind an answered call",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: TikTok isn't responding",
                seen=(ANR,),
                screen={"system_dialog": "anr"},
            ),
        ),
    ),
    told(
        "f5_dies_at_each_start",
        CLIENT,
        "ends at each start, before it asks for anything",
        followers_tale(
            failing(
                OPENED,
                "the app does not come to the front",
                play=nothing,
                screen=LAUNCHER,
                page=None,
                log=crash(
                    "java.lang.UnsatisfiedLinkError: dlopen failed: libttboringssl.so not found",
                    "X.0A1.<clinit>(SourceFile:2)",
                ),
            )
        ),
    ),
    told(
        "f5_another_number_shown",
        CLIENT,
        "the service says 1204, the screen 1024",
        followers_tale(
            OPENED,
            counters(
                "1,024", 1024, "the screen shows 1024 for follower_count, the service said 1204"
            ),
        ),
    ),
    told(
        "f5_yesterdays_number_shown",
        CLIENT,
        "the service says 1310, the screen keeps yesterday's 1204",
        followers_tale(
            OPENED,
            counters(
                "1,204", 1204, "the screen shows 1204 for follower_count, the service said 1310"
            ),
        ),
        ill={"profile": says(profile(1310))},
    ),
    told(
        "f5_list_never_asked",
        CLIENT,
        "the tap on the counter asks nobody; the spinner turns",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: still loading",
                play=nothing,
                wait=8.0,
                screen={"spinner": True},
            ),
        ),
    ),
    told(
        "f5_list_not_drawn",
        CLIENT,
        "twenty followers came, the screen says that there are none",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: No followers yet",
                seen=(("appium", "ui.value", ScreenValue("followers", "", 0)),),
                messages=(message("empty_list", "No followers yet"),),
            ),
        ),
    ),
    told(
        "f5_spinner_behind_answer",
        CLIENT,
        "the list came, the spinner turns for ever",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: still loading",
                wait=8.0,
                screen={"spinner": True},
            ),
        ),
    ),
    told(
        "f5_log_in_answer_ignored",
        CLIENT,
        "the log-in succeeds on the wire, the form stays",
        log_in_tale(submitted("not logged in; the app says: nothing", wait=8.0)),
    ),
    told(
        "f5_offline_said_behind_answers",
        CLIENT,
        "all is answered, the app says that there is no network",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: No internet connection",
                seen=(),
                messages=(NO_INTERNET,),
            ),
        ),
    ),
    told(
        "f5_blank_page",
        CLIENT,
        "the list came, the page has no node at all",
        followers_tale(
            OPENED,
            PROFILE_SEEN,
            failing(
                LIST_SEEN,
                "the list of followers is not shown: an empty page",
                page=None,
                wait=8.0,
                screen={"empty": True},
            ),
        ),
    ),
    told(
        "f5_leaves_log_in_at_once",
        CLIENT,
        "the log-in is left after 0.5 s, three times; its answer takes 2 s",
        log_in_tale(
            submitted(
                "not logged in; the app says: Something went wrong",
                messages=(WENT_WRONG,),
                play=log_in_within(0.5, times=3),
            )
        ),
        ill={"login": after(2.0, says(logged_in()))},
    ),
    unclear(
        told(
            "f5_crash_on_missing_user",
            SERVER,
            "the profile comes without its user, and the app dies of it",
            followers_tale(
                OPENED,
                failing(
                    PROFILE_SEEN,
                    "the own profile is not shown: the app is not in front",
                    seen=(),
                    log=NPE,
                    screen=LAUNCHER,
                    page=None,
                ),
            ),
            ill={"profile": says(app_body())},
        )
    ),
    unclear(
        told(
            "f5_crash_behind_503",
            SERVER,
            "503 to the list, and the app dies of it",
            followers_tale(
                OPENED,
                PROFILE_SEEN,
                failing(
                    LIST_SEEN,
                    GONE,
                    log=NPE,
                    screen=LAUNCHER,
                    page=None,
                    play=get(TIKTOK, FOLLOWERS, times=2),
                ),
            ),
            ill={"followers": answer(503, "")},
        )
    ),
)
