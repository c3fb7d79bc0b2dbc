"""A capture of nobody knows which app: answers of described apps are read all the same."""

from __future__ import annotations

from harness.adapters.profile_file import load_profile, profiles_of_apps
from harness.recorder.envelope import Answer, Asked
from harness.recorder.known_apps import KnownApps, all_secrets
from harness.redaction.redactor import Redactor
from tests.recorder.recording_stand_in import KEY

APPS = KnownApps(profiles_of_apps(), Redactor(KEY))
REFUSED = {"status_code": 8, "status_msg": "Login expired"}


def asked(host: str) -> Asked:
    return Asked("GET", host, "/aweme/v1/feed/")


def test_the_profile_that_knows_the_host_reads_the_answer() -> None:
    read = APPS.read(asked("api16-normal-c-useast1a.tiktokv.com"), REFUSED, {}, 200)
    assert read.envelope is not None
    assert read.envelope.code == 8


def test_a_host_that_nobody_describes_gets_no_meaning() -> None:
    assert APPS.read(asked("www.example.org"), REFUSED, {}, 200) == Answer()
    assert APPS.read(asked("p16.tiktokcdn.com"), REFUSED, {}, 200) == Answer()


def test_a_host_that_nobody_describes_may_still_say_no() -> None:
    told = APPS.read(asked("www.example.org"), {"error": "no such user"}, {}, 200)
    assert told.envelope is not None
    assert told.envelope.refuses
    assert APPS.read(asked("www.example.org"), {"error": "no such user"}, {}, 400) == Answer()


def test_what_any_app_calls_secret_is_one() -> None:
    both = all_secrets([load_profile("tiktok"), load_profile("plain")])
    for name in ("tiktok", "plain"):
        assert set(load_profile(name).secrets.drop) <= set(both.drop)
        assert set(load_profile(name).secrets.pseudonym) <= set(both.pseudonym)
