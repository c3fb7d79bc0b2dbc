"""Sixth draw: gates, crashes, offline videos and log-ins that end as they should not."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from harness.domain.facts.device import AppNotResponding
from harness.domain.facts.storage import ContentLook, ContentOpened
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import after, answer, hang, in_turn
from tests.faultlab.phone import GIGABYTE, PACKAGE, Seen, Step, Tale, message
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    CLIENT,
    SERVER,
    SERVER_GATE,
    Truth,
    together,
    unreachable,
)
from tests.faultlab.rows.sixth_phone import (
    LIST_LOADING,
    OFF_TOO,
    PROFILE_SHUT,
    RADIOS_OFF,
)
from tests.faultlab.rows.sixth_told import BASELINE, NOTHING, gives_up, unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    ask_profile,
    crash,
    failing,
    followers_tale,
    log_in_tale,
    log_in_within,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import PROFILE, TELEMETRY, TIKTOK
from tests.faultlab.tiktok_bodies import (
    app_body,
    logged_in,
    passport_error,
    says,
)

EXPIRED = message("content_expired", "Your offline videos have expired")
CAPTCHA = message("captcha", "Drag the slider to fit the puzzle")
BANNED = message("account_banned", "Your account was permanently banned")
UPDATE = message("forced_update", "Please update TikTok to continue")
SESSION = message("session_expired", "Your session has expired. Please log in again.")
WITHOUT_NETWORK: dict[str, Any] = {**RADIOS_OFF, "airplane": True, "cut_by_us": True}


def offline(name: str, breaks: str, problem: str, *seen: Seen, **more: Any) -> Fault:
    """The offline videos are looked at without network, which we took."""
    opened = Step("open the app without network", page="feed")
    failed = Step("play the offline videos", page="offline_videos", seen=seen, problem=problem)
    steps = (opened, replace(failed, **more))
    tale = Tale("offline_content", steps, phone=WITHOUT_NETWORK, control=False)
    return told(name, CLIENT, breaks, tale)


def look(**more: Any) -> Seen:
    """One look at the offline videos."""
    return ("adb", "content.look", ContentLook("offline_video", **more))


def played(ordinal: int, count: int, result: str) -> Seen:
    """One of them was opened."""
    return ("appium", "content.opened", ContentOpened("offline_video", ordinal, count, result))


def gate(name: str, truth: Truth, breaks: str, reason: str, text: Any, **ill: Any) -> Fault:
    """The log-in ends at something that a person must answer."""
    step = submitted(f"blocked: {text.text}", kind="blocked", messages=(text,))
    tale = log_in_tale(step, result="blocked", reason=reason)
    return told(name, truth, breaks, tale, ill=ill)


_NATIVE = (
    "F DEBUG: *** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***",
    f"F DEBUG: pid: 4711, tid: 4790, name: player  >>> {PACKAGE} <<<",
    "F DEBUG: signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0000000000000010",
    "F DEBUG:       #00 pc 000000000004a1c8  /data/app/lib/arm64/libttplayer.so (decode+64)",
    f"I am_proc_died: [0,4711,{PACKAGE},0,2]",
)

ROWS = (
    told(
        "f6_told_session_over",
        ACCOUNT,
        "the session has ended: code 8, and the app says so",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: Your session has expired.",
                page="logged_out_profile",
                messages=(SESSION,),
                seen=(),
            ),
        ),
        ill={"profile": says(app_body(8, "Login expired"))},
    ),
    told(
        "f6_told_password_russian",
        ACCOUNT,
        "a wrong password, told in Russian under a known code",
        log_in_tale(submitted("not logged in; the app says: nothing")),
        ill={"login": says(passport_error(1009, "Неверный пароль"))},
    ),
    gate(
        "f6_told_captcha",
        ACCOUNT_GATE,
        "a captcha on the screen and in the answer",
        "captcha",
        CAPTCHA,
        login=says(passport_error(1105, "")),
    ),
    gate(
        "f6_told_banned",
        ACCOUNT_GATE,
        "the account is banned, under a code that nobody knows",
        "account_banned",
        BANNED,
        login=says(passport_error(9891, "Your account was permanently banned")),
    ),
    unclear(  # whose it is hangs on what the store has
        gate(
            "f6_told_update_due",
            SERVER_GATE,
            "the app demands an update",
            "forced_update",
            UPDATE,
            login=says(passport_error(9892, "Please update TikTok to continue")),
        )
    ),
    told(
        "f6_told_leaves_too_soon",
        CLIENT,
        "the app waits 0.5 s for a log-in that takes 1.5 s, three times",
        log_in_tale(
            submitted(
                "not logged in; the app says: No internet connection",
                play=log_in_within(0.5, 3),
                messages=(NO_INTERNET,),
                seen=(BASELINE,),
            )
        ),
        ill={"login": after(1.5, says(logged_in()))},
    ),
    told(
        "f6_told_player_dies_natively",
        CLIENT,
        "a native crash of the player",
        followers_tale(OPENED, failing(PROFILE_SEEN, NOTHING, page=None, seen=(), log=_NATIVE)),
    ),
    told(
        "f6_told_does_not_respond",
        CLIENT,
        "the app does not respond, on a phone that is well",
        followers_tale(
            OPENED,
            failing(
                LIST_SEEN,
                LIST_LOADING,
                page=None,
                seen=(
                    (
                        "adb",
                        "app.anr",
                        AppNotResponding(PACKAGE, "Broadcast of Intent { act=TIME_TICK }"),
                    ),
                ),
                screen={"system_dialog": "anr"},
            ),
        ),
    ),
    told(
        "f6_told_own_memory_used_up",
        CLIENT,
        "the app uses up its own heap: OutOfMemoryError on a phone with memory to spare",
        followers_tale(
            OPENED,
            failing(
                LIST_SEEN,
                LIST_LOADING,
                page=None,
                log=crash(
                    "java.lang.OutOfMemoryError: Failed to allocate a 67108880 byte allocation",
                    "android.graphics.Bitmap.nativeCreate(Native Method)",
                ),
            ),
        ),
    ),
    unclear(
        told(
            "f6_told_dies_of_a_null_user",
            SERVER,
            "the service gives no user, and the app dies of that: both are at fault",
            followers_tale(
                OPENED,
                failing(
                    PROFILE_SEEN,
                    NOTHING,
                    page=None,
                    seen=(),
                    log=crash(
                        "java.lang.NullPointerException: user must not be null",
                        "com.ss.android.ugc.aweme.profile.OwnProfile.bind(OwnProfile.kt:210)",
                    ),
                ),
            ),
            ill={"profile": says(app_body(user=None))},
        )
    ),
    told(
        "f6_told_service_name_dead",
        SERVER,
        "the service's names are dead; the control site's is not",
        followers_tale(
            failing(
                replace(OPENED, messages=(NO_INTERNET,)),
                "the start page is not shown: No internet connection",
            )
        ),
        unreachable(TIKTOK, "dead_name"),
        unreachable(TELEMETRY, "dead_name"),
    ),
    told(
        "f6_told_first_hangs_then_500",
        SERVER,
        "the profile hangs for 6 s, then gives 500, then hangs again",
        followers_tale(
            OPENED,
            failing(
                replace(PROFILE_SEEN, play=gives_up(6.0, PROFILE, 3), seen=()),
                PROFILE_SHUT,
                page=None,
                messages=(NO_INTERNET,),
            ),
        ),
        ill={"profile": in_turn(hang, answer(500, ""), hang)},
    ),
    offline(
        "f6_told_offline_expired",
        "the app says that its offline videos have expired",
        "no offline video is listed: the app says that they have expired",
        look(listed=0, rows=0, files=0, earlier=6, texts=("content_expired",)),
        messages=(EXPIRED,),
    ),
    offline(
        "f6_told_offline_cleared_by_the_app",
        "the app cleared its offline videos itself, with space to spare",
        "no offline video is listed, 6 were there earlier",
        look(listed=0, rows=0, files=0, earlier=6, cleared=time.time() - 9_000.0),
        phone={"free_bytes": 30 * GIGABYTE},
    ),
    offline(
        "f6_told_offline_whole_and_not_played",
        "two whole files, of which the app plays none",
        "2 of 2 offline videos do not open without network",
        look(listed=2, rows=2, files=2, missing=0, damaged=0, earlier=2),
        played(1, 2, "does_not_play"),
        played(2, 2, "no_reaction"),
    ),
    unclear(
        offline(
            "f6_told_offline_files_gone",
            "the app lists two videos whose files are gone: who took them is not to be seen",
            "2 of 2 offline videos do not open without network",
            look(listed=2, rows=2, files=0, missing=2, damaged=0, earlier=2),
            played(1, 2, "does_not_play"),
            played(2, 2, "does_not_play"),
        )
    ),
    told(
        "f6_told_asks_all_shows_no_internet",
        CLIENT,
        "the profile is answered within a moment; the app says that there is no internet",
        followers_tale(
            OPENED,
            failing(
                replace(PROFILE_SEEN, play=together(ask_profile, ask_profile), seen=(OFF_TOO,)),
                PROFILE_SHUT,
                page=None,
                messages=(NO_INTERNET,),
            ),
        ),
    ),
)
