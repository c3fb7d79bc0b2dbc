"""Roles, needs and texts by the profile's data; what is remembered is bounded."""

from __future__ import annotations

import pytest

from harness.attribution import matching
from harness.attribution.matching import UNLISTED, Matcher
from tests.attribution.build import GENERIC, PLAIN, TIKTOK

API = "api16-normal-c-useast1a.tiktokv.com"


def test_the_first_need_that_fits_is_served() -> None:
    matcher = Matcher(TIKTOK)
    need = matcher.need(API, "POST", "/passport/user/login/")
    assert need is not None
    assert need.name == "login"
    assert matcher.need(API, "POST", "/passport/user/login/") is need
    assert matcher.need(API, "GET", "/nothing/known/") is None
    assert matcher.need("ads.example", "POST", "/passport/user/login/") is None


def test_several_needs_may_share_a_call() -> None:
    matcher = Matcher(TIKTOK)
    path = "/passport/user/login/"
    assert matcher.serves(TIKTOK.needs["passport"], API, "POST", path)
    assert not matcher.serves(TIKTOK.needs["feed"], API, "POST", path)
    assert not matcher.serves(PLAIN.needs["notes"], API, "POST", path)


def test_regions_are_fixed_or_read_from_the_name() -> None:
    matcher = Matcher(PLAIN)
    assert matcher.region("api-eu1.plainnotes.example") == "eu1"
    assert matcher.region("accounts.plainnotes.example") == "eu"
    assert matcher.region("img.plainnotes.example") is None
    assert Matcher(GENERIC).region("a.example") is None


def test_a_host_that_no_pattern_fits_is_unlisted() -> None:
    assert Matcher(PLAIN).role("ads.example") == UNLISTED
    assert Matcher(GENERIC).role("shop.example") == "api"
    assert Matcher(GENERIC).role("ads.example") == "telemetry"


def test_texts_are_found_by_id() -> None:
    matcher = Matcher(TIKTOK)
    assert matcher.text_by_id("captcha") is not None
    assert matcher.text_by_id("no such") is None


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_KEPT", 1)
    matcher = Matcher(TIKTOK)
    for number in range(3):
        assert matcher.role(f"h{number}.example") == UNLISTED
        assert matcher.need(f"h{number}.example", "GET", "/") is None
