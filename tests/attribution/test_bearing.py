"""Which failures of a capture count, and which were got over."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.bearing import OFTEN
from harness.domain.facts.traffic import Envelope
from harness.domain.vocabulary import Party
from tests.attribution.build import GENERIC, TIKTOK, capture, exchange, no_connect, probe
from tests.attribution.log_in_facts import API, CORE, login

CHECK = "/passport/user/check_login_name/"
EU = "api16-normal-c-alisg.tiktokv.com"
WEB = "www.tiktok.com"
US = "api16-normal-useast5.tiktokv.us"


def bad(begun: float = 1.0, **changes: Any) -> Any:
    return exchange(begun, status=503, **changes)


def check(begun: float = 1.0) -> Any:
    return exchange(begun, host=API, path=CHECK, method="POST", status=500)


def web(code: int, begun: float = 1.0) -> Any:
    return exchange(begun, host=WEB, path="/api/me/", envelope=Envelope("web", code, "verify"))


@pytest.mark.parametrize(
    ("facts", "profile", "party"),
    [
        ((bad(), exchange(2.0)), GENERIC, "none"),
        ((bad(host="a.origin.example"), exchange(2.0, host="b.origin.example")), GENERIC, "none"),
        ((exchange(host="b.origin.example"), bad(2.0, host="a.origin.example")), GENERIC, "server"),
        ((bad(), exchange(2.0, host="b.example")), GENERIC, "server"),
        ((*(bad(1.0 + n) for n in range(OFTEN)), exchange(9.0)), GENERIC, "server"),
        ((check(), login(3.0)), TIKTOK, "none"),
        ((login(1.0), check(3.0)), TIKTOK, "server"),
        ((login(1.0, status=503), login(3.0, host=CORE)), TIKTOK, "none"),
        ((login(1.0, status=503, host=US), login(3.0, host=CORE)), TIKTOK, "server"),
        ((bad(host=EU, path="/aweme/v1/x/"), exchange(2.0, host=EU)), TIKTOK, "server"),
        ((bad(method="HEAD"), exchange(0.5)), GENERIC, "none"),
        ((exchange(method="HEAD", status=405), exchange(0.5)), GENERIC, "none"),
        ((exchange(method="HEAD", status=405), exchange(0.5, path="/b")), GENERIC, "unknown"),
        ((bad(path="/p/a.png"), exchange(2.0)), GENERIC, "none"),
        ((exchange(0.5), bad(path="/p/a.png")), GENERIC, "server"),
        ((bad(path="/p/a.png"), bad(2.0, path="/p/a.png"), exchange(3.0)), GENERIC, "server"),
        ((bad(host="ads.rain.example"), exchange()), GENERIC, "none"),
        ((web(10000), exchange(2.0, host=API)), TIKTOK, "account"),
        ((web(10000), exchange(2.0, host=WEB, path="/api/me/")), TIKTOK, "none"),
        ((bad(host=WEB), exchange(2.0, host=API)), TIKTOK, "none"),
    ],
)
def test_what_was_got_over_blames_nobody(facts: tuple[Any, ...], profile: Any, party: str) -> None:
    made = capture(*facts, profile=profile)
    assert made.whole.party.value == party, made.whole.summary


@pytest.mark.parametrize(
    ("facts", "sure"),
    [
        ((bad(),), False),
        ((bad(), bad(2.0)), True),
        ((exchange(0.2), bad(), bad(2.0)), False),
        ((no_connect("[Errno 111] Connect call failed"),), False),
    ],
)
def test_one_call_that_failed_once_leaves_a_doubt(facts: tuple[Any, ...], sure: bool) -> None:
    other = exchange(0.5, host="other.example")
    made = capture(other, *facts, probe(stage="http", why="HTTP 503")).whole
    assert made.party is Party.SERVER
    assert (made.confidence >= 0.9) is sure
