"""Hosts that refuse our certificate are passed through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.domain.facts import Facts
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.control import ControlMade
from harness.domain.facts.traffic import Connection
from harness.domain.observation import Observation
from harness.session.pinning import Pinning, patterns_of, refused_hosts
from tests.session.traffic import API, PROFILE, REFUSAL, Tap, exchange, seen


def test_pinning_learns_each_pattern_once() -> None:
    tap, written = Tap(), list[ControlMade]()

    class Log:
        def write(self, kind: str, facts: Facts, **_: object) -> Observation:
            assert isinstance(facts, ControlMade)
            written.append(facts)
            return seen(kind, facts)

    pinning = Pinning(PROFILE, tap, Log())
    refused = seen("connection", Connection("c", 1.0, host=API, client_tls_error=REFUSAL))
    other = seen("connection", Connection("c", 1.0, host="odd.example", client_tls_error=REFUSAL))

    assert not pinning.active
    assert pinning.learn([refused, refused]) == ["api*.tiktokv.com"]
    assert pinning.learn([refused]) == []
    assert pinning.learn([other]) == ["odd.example"]
    assert tap.passed == [["api*.tiktokv.com"], ["api*.tiktokv.com", "odd.example"]]
    assert pinning.active
    assert [made.result for made in written] == ["ok", "ok"]


@pytest.mark.parametrize(
    ("canary", "first", "then"),
    [
        ("reached", [], ["decrypted"]),
        ("not_seen", [], []),
        ("not_made", [], []),
    ],
)
def test_the_first_request_that_was_read_proves_the_trust_once(
    canary: str, first: list[str], then: list[str]
) -> None:
    written: list[CaptureVisibility] = []

    class Log:
        def write(self, kind: str, facts: Facts, **_: object) -> Observation:
            assert isinstance(facts, CaptureVisibility)
            written.append(facts)
            return seen(kind, facts)

    pinning = Pinning(PROFILE, Tap(), Log())
    plain = replace(exchange(0), scheme="http")
    read = seen("exchange", exchange(0))
    pinning.prove([read])  # nothing was asked of the phone yet
    pinning.reached(CaptureVisibility(canary, "system", "came through", quic="blocked"))

    pinning.learn([seen("connection", Connection("c", 1.0, host=API)), seen("exchange", plain)])
    assert [facts.canary for facts in written] == first
    pinning.learn([read])
    pinning.prove([read])
    assert [facts.canary for facts in written] == then
    for facts in written:
        assert (facts.trust, facts.quic) == ("system", "blocked")
        assert facts.detail == f"the app took our certificate at {API}"


@pytest.mark.parametrize(
    ("connection", "hosts"),
    [
        (Connection("c", 1.0, host=API, client_tls_error=REFUSAL), [API]),
        (Connection("c", 1.0, host=API, client_tls_error=REFUSAL, passed_through=True), []),
        (Connection("c", 1.0, host=API, connect_begun=1.0, connect_error="refused"), []),
        (Connection("c", 1.0, host=API), []),
    ],
)
def test_only_refusals_of_the_certificate_count(connection: Connection, hosts: list[str]) -> None:
    assert refused_hosts([seen("connection", connection)]) == hosts
    assert patterns_of(PROFILE, ["odd.example"]) == ["odd.example"]
