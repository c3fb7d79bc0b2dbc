"""Joining the hooks of one connection."""

from __future__ import annotations

import pytest

from harness.domain.facts.traffic import Connection
from harness.recorder.connection_table import ConnectionTable, waiting_phase
from tests.recorder.recording_stand_in import PROFILE, Kept


def opened(**settings: object) -> tuple[ConnectionTable, Kept]:
    table, kept = ConnectionTable(), Kept(**settings)  # type: ignore[arg-type] - fields of Settings
    table.recording = kept
    table.begin("c", "127.0.0.1:5")
    return table, kept


@pytest.mark.parametrize(
    ("changes", "phase"),
    [
        ({}, None),
        ({"connect_begun": 2.0}, ("connect", 2.0)),
        ({"connect_begun": 2.0, "connect_error": "x"}, None),
        ({"connect_begun": 2.0, "connect_done": 3.0}, None),
        ({"connect_begun": 2.0, "connect_done": 3.0, "server_tls_begun": 4.0}, ("server_tls", 4.0)),
        ({"server_tls_begun": 4.0, "server_tls_error": "x"}, None),
    ],
)
def test_waiting_phase(changes: dict[str, float | str], phase: tuple[str, float] | None) -> None:
    assert waiting_phase(Connection("c", 1.0, **changes)) == phase  # type: ignore[arg-type] - table


def test_a_probe_of_our_port_leaves_nothing() -> None:
    table, kept = opened()
    table.end("c")
    assert kept.seen == []
    assert kept.counters.connections == 0


def test_a_connection_is_one_line_when_it_is_over() -> None:
    table, kept = opened()
    table.ask("c", "a.test", 443)
    table.ask("c", "other.test", 80)
    assert table.asked("c") == ("a.test", 443), "the first question stays"
    assert [table.next_ordinal("c"), table.next_ordinal("c")] == [1, 2]
    assert table.client_of("127.0.0.1:5") == "c"
    table.end("c")
    table.end("c")
    ((kind, facts),) = kept.seen
    assert (kind, facts.host, facts.requests) == ("connection", "a.test", 2)
    assert facts.closed is not None
    assert table.client_of("127.0.0.1:5") is None


def test_a_failure_is_one_line_at_once() -> None:
    table, kept = opened()
    table.ask("c", "a.test", 443)
    table.fail("c", client_tls_error="refused")
    assert kept.kinds == ["connection"]
    table.fail("c", alert_after_handshake="again")
    table.end("c")
    assert kept.kinds == ["connection"]


def test_an_app_that_left_a_pending_connect_is_one_line_with_the_cause() -> None:
    table, kept = opened()
    table.ask("c", "a.test", 443)
    table.mark("c", connect_begun=1.0)
    table.end("c")
    assert kept.seen == []
    table.fail("c", connect_error="client disconnected")
    ((_, facts),) = kept.seen
    assert facts.closed is not None
    assert facts.connect_error == "client disconnected"
    assert table.facts("c") is None


def test_what_waits_is_told_once_a_phase() -> None:
    table, kept = opened()
    table.ask("c", "a.test", 443)
    table.mark("c", connect_begun=10.0)
    for now in (10.5, 11.1, 12.0):
        table.tick(now)
    assert kept.kinds == ["connection.pending"]
    table.mark("c", connect_done=12.5, server_tls_begun=12.5)
    table.tick(14.0)
    assert kept.kinds == ["connection.pending"] * 2


def test_other_apps_connections_leave_no_line() -> None:
    table, kept = opened(profile=PROFILE, foreign_pass=True)
    table.ask("c", "mail.other.org", 443)
    assert table.foreign("c")
    table.mark("c", connect_begun=1.0)
    table.tick(9.0)
    table.fail("c", connect_error="x")
    table.end("c")
    table.flush()
    assert kept.seen == []


def test_it_can_be_decided_later_whose_it_is() -> None:
    table, _ = opened(profile=PROFILE, foreign_pass=True)
    table.ask("c", "api1.example.com", 443)
    assert not table.foreign("c")
    assert table.foreign("c", decided=True)


def test_at_the_end_open_ones_are_ours_to_end_and_waiting_ones_are_pending() -> None:
    table, kept = opened()
    table.ask("c", "a.test", 443)
    table.begin("d", None)
    table.ask("d", "b.test", 443)
    table.mark("d", connect_begun=1.0)
    table.flush()
    assert kept.kinds == ["connection", "connection.pending"]
    assert kept.seen[0][1].ended_by == "proxy"
    kept.closing = True
    table.begin("e", None)
    table.fail("e", connect_error="mitmproxy closes")
    assert len(kept.seen) == 2


def test_unknown_connections_are_nobodys() -> None:
    table, kept = opened()
    table.mark("x", host="a")
    table.fail("x", host="a")
    table.ask("x", "a", 1)
    assert table.next_ordinal("x") == 1
    assert not table.foreign("x")
    assert table.asked("c") is None
    assert kept.seen == []


def test_an_address_gets_the_name_that_the_app_says_and_a_name_stays() -> None:
    table, _ = opened(profile=PROFILE, foreign_pass=True)
    table.ask("c", "198.18.0.1", 443)
    assert table.foreign("c")
    table.ask("c", "198.18.0.2", 443)
    assert table.asked("c") == ("198.18.0.1", 443)
    table.ask("c", "api1.example.com", 443)
    table.ask("c", "mail.other.org", 443)
    assert table.asked("c") == ("api1.example.com", 443)
    assert not table.foreign("c")
