"""A log that keeps nothing."""

from __future__ import annotations

from harness.domain.facts.capture import ProxyHeartbeat
from harness.session.unwritten import Unwritten


def test_what_is_written_is_given_back_and_kept_nowhere() -> None:
    log = Unwritten()
    seen = log.write("proxy.heartbeat", ProxyHeartbeat(0.1), scenario="login", step="open")
    assert (seen.kind, seen.facts) == ("proxy.heartbeat", ProxyHeartbeat(0.1))
    assert (seen.scenario, seen.step) == ("login", "open")
    assert vars(log) == {}
