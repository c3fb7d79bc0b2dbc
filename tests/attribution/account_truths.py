"""The account is refused, or a gate asks for a person: what the verdict must say."""

from __future__ import annotations

from tests.attribution.log_in_facts import (
    FEED,
    HERE,
    PROFILE,
    login,
    profile_refused,
    refused,
    screen,
)
from tests.attribution.truth import Truth

ACCOUNT_TRUTHS: list[Truth] = [
    (
        "wrong password",
        (refused(1009, "Incorrect account or password"), HERE),
        {},
        "failed",
        "account",
    ),
    ("wrong password by text", (screen(5.0, "wrong_password"), login()), {}, "failed", "account"),
    ("unknown user", (refused(1011),), {}, "failed", "account"),
    (
        "session expired",
        (profile_refused(8),),
        PROFILE,
        "failed",
        "account",
    ),
    (
        "private list by text",
        (screen(5.0, "private_list"), FEED),
        {"needs": ()},
        "failed",
        "account",
    ),
    ("captcha by code", (refused(1105),), {}, "blocked", "account"),
    (
        "rate limit",
        (refused(7, "You are visiting our service too frequently."),),
        {},
        "blocked",
        "account",
    ),
    (
        "banned by text",
        (refused(9001, "Your account was permanently banned"),),
        {},
        "blocked",
        "account",
    ),
    (
        "two-step on screen",
        (login(), screen(5.0, "two_step")),
        {"result": "blocked"},
        "blocked",
        "account",
    ),
    (
        "captcha told by the scenario",
        (login(),),
        {"result": "blocked", "reason": "captcha"},
        "blocked",
        "account",
    ),
    (
        "a gate without a name",
        (login(),),
        {"result": "blocked", "reason": "door"},
        "blocked",
        "account",
    ),
    ("region ban", (screen(5.0, "region_ban"),), {"result": "blocked"}, "blocked", "server"),
    ("forced update", (screen(5.0, "forced_update"),), {"result": "blocked"}, "blocked", "server"),
]
