"""Fifth draw, told of a phone: whom the service refuses, on wire and screen or screen alone."""

from __future__ import annotations

from dataclasses import replace

from tests.faultlab.fault import Fault
from tests.faultlab.phone import message, nothing
from tests.faultlab.rows.fifth_phone import PAST_US, opaque
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    SERVER_GATE,
)
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    OPENED,
    PROFILE_SEEN,
    failing,
    followers_tale,
    log_in_tale,
    submitted,
    told,
)
from tests.faultlab.tiktok_bodies import app_body, passport_error, says


def gate(
    name: str, truth: tuple[str, str], breaks: str, reason: str, text: str, code: int
) -> Fault:
    """The log-in is refused on the wire and on the screen: a person must answer."""
    step = submitted(
        f"blocked: {text}", kind="blocked", messages=(message(reason, text),), page="log_in_form"
    )
    return told(
        name,
        truth,
        breaks,
        log_in_tale(step, result="blocked", reason=reason),
        ill={"login": says(passport_error(code, text))},
    )


def seen_only(
    name: str, truth: tuple[str, str], breaks: str, text_id: str, text: str, *, blocked: bool
) -> Fault:
    """The app talks past us over QUIC: the screen alone tells."""
    step = submitted(
        f"blocked: {text}" if blocked else f"not logged in; the app says: {text}",
        play=nothing,
        seen=PAST_US,
        messages=(message(text_id, text),),
        kind="blocked" if blocked else "assertion",
    )
    tale = log_in_tale(
        step,
        first=replace(OPENED, play=nothing, seen=PAST_US),
        result="blocked" if blocked else "failed",
        reason=text_id if blocked else None,
    )
    return opaque(told(name, truth, breaks, tale))


ROWS = (
    gate(
        "f5_two_step_seen",
        ACCOUNT_GATE,
        "a second step, on wire and screen",
        "two_step",
        "Verify it's you",
        2135,
    ),
    gate(
        "f5_slider_seen",
        ACCOUNT_GATE,
        "a captcha, on wire and screen",
        "captcha",
        "Drag the slider to fit the puzzle",
        1105,
    ),
    gate(
        "f5_limit_seen",
        ACCOUNT_GATE,
        "too many visits, on wire and screen",
        "rate_limited",
        "You are visiting our service too frequently.",
        7,
    ),
    told(
        "f5_password_seen",
        ACCOUNT,
        "a wrong password, on wire and screen",
        log_in_tale(
            submitted(
                "not logged in; the app says: Incorrect account or password",
                messages=(message("wrong_password", "Incorrect account or password"),),
            )
        ),
        ill={"login": says(passport_error(1009, "Incorrect account or password"))},
    ),
    told(
        "f5_session_over_seen",
        ACCOUNT,
        "the session is over, on wire and screen",
        followers_tale(
            OPENED,
            failing(
                PROFILE_SEEN,
                "the own profile is not shown: Login expired",
                seen=(),
                page="log_in",
                messages=(message("session_expired", "Session expired. Log in again."),),
            ),
        ),
        ill={"profile": says(app_body(8, "Login expired"))},
    ),
    seen_only(
        "f5_ban_seen_only",
        ACCOUNT_GATE,
        "banned: seen on the screen only",
        "account_banned",
        "Your account was permanently banned",
        blocked=True,
    ),
    seen_only(
        "f5_birthday_seen_only",
        ACCOUNT_GATE,
        "a birthday is asked for: seen on the screen only",
        "age_gate",
        "When's your birthday?",
        blocked=True,
    ),
    seen_only(
        "f5_password_seen_only",
        ACCOUNT,
        "a wrong password: seen on the screen only",
        "wrong_password",
        "Incorrect account or password",
        blocked=False,
    ),
    seen_only(
        "f5_country_seen_only",
        SERVER_GATE,
        "not for this country: seen on the screen only",
        "region_ban",
        "Sorry, TikTok isn't available right now",
        blocked=True,
    ),
    seen_only(
        "f5_update_seen_only",
        SERVER_GATE,
        "an update is demanded: seen on the screen only",
        "forced_update",
        "Update required",
        blocked=True,
    ),
    opaque(
        told(
            "f5_private_list_seen_only",
            ACCOUNT,
            "the list is private: seen on the screen only",
            followers_tale(
                replace(OPENED, play=nothing, seen=PAST_US),
                replace(PROFILE_SEEN, play=nothing),
                failing(
                    LIST_SEEN,
                    "the list of followers is not shown: This list is private",
                    play=nothing,
                    seen=PAST_US,
                    messages=(message("private_list", "This list is private"),),
                ),
            ),
        )
    ),
)
