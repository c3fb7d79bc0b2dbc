"""Reading answers as the profile says."""

from __future__ import annotations

import pytest

from harness.recorder.envelope import AnswerReader, Asked
from harness.recorder.host_roles import HostRoles
from harness.redaction.redactor import Redactor
from tests.recorder.recording_stand_in import KEY, PROFILE

REDACTOR = Redactor(KEY, secrets=PROFILE.secrets)
READER = AnswerReader(PROFILE, HostRoles(PROFILE), REDACTOR)
LOGIN = Asked("POST", "passport.example.com", "/passport/user/login/")
LIST = Asked("GET", "api16.example.com", "/v1/follower/list/")


def test_a_success_of_the_passport_family_has_code_0_and_its_values() -> None:
    answer = READER.read(
        LOGIN,
        {"message": "success", "data": {"user_id": "7001", "session_key": "abc"}},
        {},
        200,
    )
    assert answer.envelope is not None
    assert (answer.envelope.family, answer.envelope.code) == ("passport", 0)
    assert answer.values == {"user": REDACTOR.tag("7001")}
    assert answer.shape_missing == ()


def test_an_error_envelope_is_no_broken_shape() -> None:
    document = {"message": "error", "data": {"error_code": 1009, "description": "Wrong password"}}
    answer = READER.read(LOGIN, document, {}, 200)
    assert answer.envelope is not None
    assert (answer.envelope.code, answer.envelope.message) == (1009, "Wrong password")
    assert answer.shape_missing == ()


def test_a_success_without_its_keys_is_told() -> None:
    answer = READER.read(LIST, {"status_code": 0, "followers": [1, 2]}, {}, 200)
    assert answer.shape_missing == ("total",)
    assert answer.values == {"rows": 2}


@pytest.mark.parametrize(
    ("document", "headers", "logid", "time"),
    [
        ({"status_code": 0, "extra": {"logid": "20251123083640AB", "now": 1763887000123}}, {},
         "20251123083640AB", 1763887000.123),
        ({"status_code": 8}, {"x-tt-logid": "20251123083640FF"}, "20251123083640FF", 1763887000.0),
        ({"status_code": 8}, {"x-tt-logid": "99999999999999"}, "99999999999999", None),
        ({"status_code": 0, "extra": {"now": 1763887000}}, {}, None, 1763887000.0),
    ],
)  # fmt: skip
def test_logid_and_server_time(
    document: object, headers: dict[str, str], logid: str | None, time: float | None
) -> None:
    envelope = READER.read(LIST, document, headers, 200).envelope
    assert envelope is not None
    assert (envelope.logid, envelope.server_time) == (logid, time)


def test_messages_are_redacted() -> None:
    envelope = READER.read(
        LIST, {"status_code": 5, "status_msg": "for a@b.example"}, {}, 200
    ).envelope
    assert envelope is not None
    assert "a@b" not in envelope.message


def test_what_no_shape_fits_has_no_envelope_and_other_paths_no_values() -> None:
    assert READER.read(LIST, ["x"], {}, 200).envelope is None
    other = READER.read(Asked("GET", "passport.example.com", "/other"), {"total": 1}, {}, 200)
    assert (other.values, other.shape_missing) == ({}, ())


@pytest.mark.parametrize(
    "asked",
    [Asked("GET", LOGIN.host, LOGIN.path), Asked("POST", "api1.example.com", LOGIN.path)],
)
def test_method_and_role_of_an_endpoint_count(asked: Asked) -> None:
    assert READER.read(asked, {"data": {"user_id": 1}}, {}, 200).values == {}


def test_a_failed_status_is_no_success_shape() -> None:
    assert READER.read(LIST, {}, {}, 500).shape_missing == ()
