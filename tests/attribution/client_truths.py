"""The app failed: what the verdict must say."""

from __future__ import annotations

from harness.domain.facts.device import AppCrash, AppDeath, AppNotResponding
from harness.domain.facts.screen import Screen
from tests.attribution.build import exchange
from tests.attribution.log_in_facts import (
    APP,
    CANARY,
    CORE,
    FEED,
    HERE,
    PROFILE,
    login_failed,
    profile_answer,
    screen,
    value,
)
from tests.attribution.proxy_texts import LEFT
from tests.attribution.truth import Truth

CLIENT_TRUTHS: list[Truth] = [
    (
        "the process is gone",
        ((2.0, AppDeath(APP, "other")), (2.5, Screen("com.launcher", None))),
        {},
        "failed",
        "client",
    ),
    (
        "crash",
        ((5.0, AppCrash(APP, "java.lang.NPE")),),
        {},
        "failed",
        "client",
    ),
    (
        "native crash with its death",
        (
            (5.0, AppCrash(APP, "SIGSEGV", native=True)),
            (5.1, AppDeath(APP, "crash_native")),
            screen(6.0, system_dialog="crash"),
        ),
        {},
        "failed",
        "client",
    ),
    (
        "death by crash",
        ((5.0, AppDeath(APP, "crash")),),
        {},
        "failed",
        "client",
    ),
    ("crash dialog", (screen(5.0, system_dialog="crash"),), {}, "failed", "client"),
    ("anr", ((5.0, AppNotResponding(APP)),), {}, "failed", "client"),
    ("anr dialog", (screen(5.0, system_dialog="anr"),), {}, "failed", "client"),
    (
        "malformed request",
        (
            login_failed(
                "Received invalid header name: b'X B' from client, refusing to prevent request",
                request_problem="invalid header name",
            ),
        ),
        {},
        "failed",
        "client",
    ),
    (
        "gave up early",
        (login_failed(LEFT, wait=0.5, client_open=False), FEED, HERE),
        {},
        "failed",
        "client",
    ),
    (
        "shows another number",
        (profile_answer(follower_count=1204, handle="a"), value(4.0, "follower_count", 0)),
        PROFILE,
        "failed",
        "client",
    ),
    (
        "shows the old copy",
        (
            profile_answer(follower_count=1204, handle="a"),
            value(3.0, "cached_follower_count", 1100),
            value(4.0, "follower_count", 1100),
        ),
        PROFILE,
        "failed",
        "client",
    ),
    (
        "shows an empty list",
        (
            exchange(
                2.0,
                host=CORE,
                path="/aweme/v1/user/follower/list/",
                values={"followers": 20, "total": 1204},
            ),
            screen(4.0, "empty_list"),
        ),
        {"needs": ("followers",)},
        "failed",
        "client",
    ),
    ("never asked", (FEED, CANARY), {}, "failed", "client"),
    (
        "never asked, old copy shown",
        (
            FEED,
            CANARY,
            value(3.0, "cached_follower_count", 1100),
            value(4.0, "follower_count", 1100),
        ),
        PROFILE,
        "failed",
        "client",
    ),
]
