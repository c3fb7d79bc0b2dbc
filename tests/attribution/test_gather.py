"""Gathering keeps what matters and stays bounded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.attribution import gather
from harness.attribution.failure_kind import FailureKind
from harness.attribution.gather import Gatherer
from harness.attribution.matching import Matcher
from harness.domain.facts.capture import ProxyHeartbeat
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import DeviceIdentity
from harness.domain.facts.traffic import Envelope
from tests.attribution.build import (
    GENERIC,
    STARTED,
    TIKTOK,
    connection,
    exchange,
    no_connect,
    observe,
    pending,
    verdict_of,
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MOST_SUSPICIOUS", 2)
    monkeypatch.setattr(gather, "MOST_OTHERS", 2)
    monkeypatch.setattr(gather, "MOST_NOTED", 1)


def gathered(*facts: object) -> Gatherer:
    found = Gatherer(Matcher(GENERIC))
    for seen in observe(*facts):  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        found.add(seen)
    return found


def test_everything_is_bounded() -> None:
    found = gathered(
        *(exchange(float(n), status=500) for n in range(1, 6)),
        *(exchange(n + 10.0, head=n + 14.0, ended=n + 14.0) for n in range(3)),
        *(exchange(n + 20.0, ended=None, head=None, status=None) for n in range(4)),
        *(no_connect("[Errno 111] x", n + 30.0) for n in range(4)),
        *(connection(n + 40.0, passed_through=True, closed=n + 41.0) for n in range(4)),
        *(ControlMade("x", "ok", "s") for _ in range(5)),
        *(exchange(n + 50.0, path=f"/{n}", status=302) for n in range(4)),
    )
    assert found.suspicious == 5 + 4
    assert len(found.attempts()) <= 2 + 1 + 2 + 2
    assert len(found.tunnels) == 2
    assert len(found.witnesses().controls) == 2


def test_connections_that_wait_are_bounded_too() -> None:
    line = connection(connect_done=None, hello=None, server_tls_begun=None, client_tls_done=None)
    found = Gatherer(Matcher(GENERIC))
    for number in range(4):
        for seen in observe((5.0, replace(line, client=f"c{number}"))):
            found.add(pending(seen))
    assert len(found.attempts()) == 2


def test_what_tells_nothing_is_not_kept() -> None:
    identity = DeviceIdentity("s", "m", "g", 34, "14", "user", "f", simulated=False)
    found = gathered(ProxyHeartbeat(0.1), identity, connection(host=None, sni=None, closed=2.0))
    assert found.attempts() == []
    assert found.witnesses().late_beats == ()


def test_a_connection_that_failed_beside_an_exchange_is_kept_apart() -> None:
    other = no_connect("[Errno 111] x", 5.0)
    verdict = verdict_of(exchange(status=503), other)
    assert verdict.party.value == "server"


def test_values_of_good_answers_are_looked_at() -> None:
    feed = exchange(
        host="api16-core-c-useast1a.tiktokv.com", path="/aweme/v1/feed/", values={"items": 3}
    )
    found = Gatherer(Matcher(TIKTOK))
    for seen in observe(feed, replace(feed, flow="2", values={"items": 0})):
        found.add(seen)
    assert found.suspicious == 1
    assert found.tally.exchanges == 2


def test_a_success_of_the_envelope_is_evidence() -> None:
    good = exchange(2.0, envelope=Envelope("app", 0), head=6.0, ended=6.0)
    verdict = verdict_of(good)
    rows = [row for row in verdict.evidence if row.layer.value == "application"]
    assert rows[0].level.value == "counted"


def test_a_slow_connect_is_a_note() -> None:
    line = connection(client="c", connect_begun=1.0, connect_done=2.1, closed=9.0)
    verdict = verdict_of(line, exchange(client="c", head=3.5, ended=3.6))
    assert (
        any("packets were probably lost" in note for note in verdict.notes) or verdict.notes == ()
    )


def test_what_was_under_way_ends_with_its_proxy() -> None:
    waits = exchange(ended=None, head=None, status=None, client="a")
    connecting = no_connect("", client="b", connect_error=None, closed=None)
    found = Gatherer(Matcher(GENERIC))
    for seen in observe((2.5, waits), (30.0, STARTED), (60.0, exchange(59.0))):
        found.add(seen)
    assert [attempt.kind for attempt in found.attempts()] == [FailureKind.PROXY_SHUTDOWN]
    found = Gatherer(Matcher(GENERIC))
    found.add(pending(observe((2.5, connecting))[0]))
    found.add(observe((30.0, STARTED))[0])
    assert found.attempts() == []


def test_places_of_redirects_are_forgotten_when_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gather, "MOST_SUSPICIOUS", 1)
    sent = [
        exchange(float(n), path=f"/v1/{n}", status=302, location=place, content_type=None)
        for n, place in enumerate(("a.example/x", "b.example/x", "a.example/x"), 1)
    ]
    assert verdict_of(*sent).rule == "capture_clean"
