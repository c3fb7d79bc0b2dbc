"""Accounts, envelopes, certificates and the trouble of the day, without sockets."""

from __future__ import annotations

import datetime as dt
import ssl

import pytest

from harness.simphone.service.accounts import (
    TRIES_A_MINUTE,
    WRONG_TRIES,
    AccountBook,
    RefusedError,
    make_account,
)
from harness.simphone.service.certificates import Certificates
from harness.simphone.service.envelopes import LogId, app_envelope, passport_error
from harness.simphone.service.faults import FAULTS
from harness.simphone.service.hosts import ALL_NEEDS, API_HOST, LOGIN_HOST, hosts_for
from harness.simphone.service.trouble import Trouble


def test_log_id_starts_with_server_time() -> None:
    moment = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
    log_id = LogId.make(moment)
    assert log_id.text.startswith("20260304050607")
    assert app_envelope(log_id)["log_pb"] == {"impr_id": log_id.text}
    assert int(log_id.text[14:], 16) > 0


def test_passport_error_shape() -> None:
    assert passport_error(7, "slow down") == {
        "data": {"captcha": "", "description": "slow down", "error_code": 7},
        "message": "error",
    }


def test_accounts_differ_and_hide_their_password() -> None:
    one, two = make_account(0), make_account(1)
    assert (one.user, one.password) != (two.user, two.password)
    assert one.password not in repr(one)
    assert len(one.uid) == 19


def test_wrong_tries_are_forgotten_after_their_time() -> None:
    now = [0.0]
    account = make_account(0)
    book = AccountBook([account], lambda: now[0])
    for _ in range(WRONG_TRIES):
        with pytest.raises(RefusedError) as caught:
            book.log_in(account.user, "wrong")
        assert caught.value.code_name == "wrong-password"
    with pytest.raises(RefusedError) as caught:
        book.log_in(account.user, account.password)
    assert caught.value.code_name == "too-many-attempts"
    now[0] += 31 * 60
    found, token = book.log_in(account.user, account.password)
    assert book.of_session(token) is found
    book.log_out(token)
    assert book.of_session(token) is None
    assert book.of_session(None) is None


def test_too_many_log_ins_a_minute() -> None:
    account = make_account(0)
    book = AccountBook([account], lambda: 5.0)
    for _ in range(TRIES_A_MINUTE):
        book.log_in(account.user, account.password)
    with pytest.raises(RefusedError) as caught:
        book.log_in(account.user, account.password)
    assert caught.value.code_name == "too-frequent"


def test_each_fault_breaks_one_thing_and_names_known_needs() -> None:
    for name, fault in FAULTS.items():
        assert (fault.answer is None) != (fault.door is None), name
        assert set(fault.scopes) <= set(ALL_NEEDS), name
        assert fault.about, name


def test_scopes_reach_only_their_hosts() -> None:
    trouble = Trouble()
    told: list[str] = []
    trouble.subscribe(lambda: told.append("x"))
    trouble.set_faults([("refused-connection", "login"), ("http-500", "feed")])
    assert (trouble.door(LOGIN_HOST).listening, trouble.door(API_HOST).listening) == (False, True)
    assert trouble.for_request("feed") is FAULTS["http-500"]
    assert trouble.for_request("profile") is None
    assert told == ["x"]
    assert len(hosts_for("*")) > len(hosts_for("telemetry")) == 2


def test_incident_turns_start_over_when_it_is_set() -> None:
    trouble = Trouble()
    for _ in range(2):
        trouble.set_incident("login-outage")
        names = [trouble.for_request("login") for _ in range(5)]
        assert [fault.name if fault else "" for fault in names] == [
            "http-500",
            "error-envelope",
            "hang",
            "http-503",
            "http-500",
        ]


def test_unknown_certificate_kind() -> None:
    certificates = Certificates()
    assert isinstance(certificates.context("a.test"), ssl.SSLContext)
    assert certificates.context("a.test") is certificates.context("a.test")
    with pytest.raises(ValueError, match="unknown certificate kind"):
        certificates.context("a.test", "nonsense")
