"""It worked, or the service failed: what the verdict must say."""

from __future__ import annotations

from tests.attribution.build import exchange, no_connect
from tests.attribution.log_in_facts import (
    API,
    CANARY,
    CORE,
    FEED,
    HERE,
    PROFILE,
    REFUSED,
    login,
    login_failed,
    profile_answer,
    refused,
    screen,
    value,
)
from tests.attribution.proxy_texts import LEFT
from tests.attribution.truth import Truth

SERVER_TRUTHS: list[Truth] = [
    ("it worked", (login(), CANARY), {"result": "passed"}, "passed", "none"),
    ("it worked slowly", (login(head=5.0, ended=5.0),), {"result": "passed"}, "passed", "none"),
    ("http 503", (login(status=503), FEED, HERE), {}, "failed", "server"),
    (
        "http 500 and 503 and a hang",
        (login(status=500), login(3.0, status=503), login_failed(LEFT, 4.0, 10.0), FEED, HERE),
        {},
        "failed",
        "server",
    ),
    ("http 429", (login(status=429), FEED), {}, "failed", "server"),
    (
        "hang",
        (login_failed(LEFT, wait=10.0, client_open=False), FEED, HERE),
        {},
        "failed",
        "server",
    ),
    (
        "reset",
        (login_failed("stream reset by client (X)", reset_by="origin"),),
        {},
        "failed",
        "server",
    ),
    ("closed", (login_failed("server closed connection"), FEED), {}, "failed", "server"),
    ("refused", (no_connect(REFUSED, 2.0, host=API), FEED), {}, "failed", "server"),
    (
        "name gone",
        (no_connect("[Errno -2] Name or service not known", 2.0, host=API), FEED),
        {},
        "failed",
        "server",
    ),
    (
        "certificate expired",
        (login_failed("Certificate verify failed: certificate has expired"), FEED),
        {},
        "failed",
        "server",
    ),
    ("empty body", (login(body="empty"), FEED), {}, "failed", "server"),
    ("page", (login(body="html", content_type="text/html"), FEED), {}, "failed", "server"),
    ("cut JSON", (login(body="malformed"), FEED), {}, "failed", "server"),
    ("own error", (refused(1, "Internal server error"), FEED, HERE), {}, "failed", "server"),
    (
        "turned away, and the screen says so",
        (login(status=429, body="text"), FEED, screen(2.6, "rate_limited")),
        {},
        "failed",
        "server",
    ),
    ("parts missing", (login(shape_missing=("data.user_id",)), FEED), {}, "failed", "server"),
    (
        "counter 0 against its own history",
        (profile_answer(follower_count=0, history_max_follower_count=1204),),
        PROFILE,
        "failed",
        "server",
    ),
    (
        "counter 0 against the cache",
        (profile_answer(follower_count=0, handle="a"), value(3.0, "cached_follower_count", 1204)),
        PROFILE,
        "failed",
        "server",
    ),
    (
        "counter 0 against the log-in answer",
        (
            login(0.6, values={"follower_count": 1204}),
            profile_answer(follower_count=0, handle="a"),
        ),
        PROFILE,
        "failed",
        "server",
    ),
    ("names lost", (profile_answer(handle="", follower_count=3),), PROFILE, "failed", "server"),
    (
        "list empty, total not",
        (
            exchange(
                2.0,
                host=CORE,
                path="/aweme/v1/user/follower/list/",
                values={"followers": 0, "total": 1204},
            ),
        ),
        {"needs": ("followers",)},
        "failed",
        "server",
    ),
]
