"""Nobody can be blamed from what is seen: what the verdict must say."""

from __future__ import annotations

from harness.domain.facts.device import AppCrash
from tests.attribution.build import exchange
from tests.attribution.log_in_facts import (
    APP,
    FEED,
    HERE,
    PROFILE,
    login,
    login_failed,
    profile_refused,
    refused,
)
from tests.attribution.truth import Truth

OPEN_TRUTHS: list[Truth] = [
    ("not run", (), {"result": "not_run", "reason": "no_log_in_left"}, "not_run", "none"),
    ("code without source or word", (refused(2154), FEED, HERE), {}, "failed", "unknown"),
    ("code without source", (refused(2154, "Odd thing."), FEED, HERE), {}, "failed", "unknown"),
    (
        "a number and words of two parties",
        (refused(1009, "The server is busy."), FEED, HERE),
        {},
        "failed",
        "unknown",
    ),
    (
        "a crash after a 500",
        (login(status=500), (4.0, AppCrash(APP, "NPE"))),
        {},
        "failed",
        "unknown",
    ),
    ("answered and not shown", (login(), FEED), {}, "failed", "unknown"),
    (
        "session lost just after it was given",
        (
            login(0.6),
            profile_refused(8),
        ),
        PROFILE,
        "failed",
        "unknown",
    ),
    (
        "code that no source explains, without a word",
        (profile_refused(2),),
        PROFILE,
        "failed",
        "unknown",
    ),
    (
        "one malformed request and one 503",
        (
            login_failed("Received x from client, refusing to prevent", 2.0),
            login(3.0, status=503),
        ),
        {},
        "failed",
        "unknown",
    ),
    (
        "only the background failed",
        (exchange(2.0, host="mon.tiktokv.com", status=500),),
        {"needs": ()},
        "inconclusive",
        "unknown",
    ),
    ("nothing explains it", (FEED,), {"needs": ()}, "inconclusive", "unknown"),
]
