"""Answers of files are read as those of the wire."""

from __future__ import annotations

from harness.adapters.profile_file import load_profile
from harness.recorder.envelope import Asked
from harness.session.answers_of import answers_of


def test_without_a_profile_no_meaning_is_guessed() -> None:
    assert answers_of(None).reader is None
    assert "abc" not in answers_of(None).redactor.url("https://a.example/?token=abc")


def test_with_a_profile_its_envelopes_are_read() -> None:
    reader = answers_of(load_profile("tiktok")).reader
    assert reader is not None
    asked = Asked("GET", "api16-normal-c-useast1a.tiktokv.com", "/aweme/v1/feed/")
    answer = reader.read(asked, {"status_code": 8, "status_msg": "Login expired"}, {}, 200)
    assert answer.envelope is not None
    assert answer.envelope.code == 8
