"""The origin's side of a connection."""

from __future__ import annotations

import pytest
from mitmproxy import http
from mitmproxy.connection import ConnectionState

from harness.domain.facts.traffic import Connection
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.name_book import NameBook
from harness.recorder.origins import OriginSide
from tests.recorder.flows import flow, server_data, tls_data
from tests.recorder.recording_stand_in import Kept


class Bench:
    def __init__(self) -> None:
        self.table, self.kept = ConnectionTable(), Kept()
        self.table.recording = self.kept
        self.side = OriginSide(self.table, NameBook())
        self.flow: http.HTTPFlow = flow()
        self.client = self.flow.client_conn.id
        self.table.begin(self.client, None)
        self.side.server_connect(server_data(self.flow))

    @property
    def facts(self) -> Connection:
        found = self.table.facts(self.client)
        assert found is not None
        return found


def test_a_good_connection() -> None:
    bench = Bench()
    bench.flow.server_conn.peername = ("10.0.0.1", 443)
    bench.flow.server_conn.alpn = b"h2"
    bench.side.server_connected(server_data(bench.flow))
    bench.side.tls_start_server(tls_data(bench.flow, client=False))
    bench.side.tls_established_server(tls_data(bench.flow, client=False))
    assert (bench.facts.address, bench.facts.server_alpn) == ("10.0.0.1:443", "h2")
    assert not bench.facts.origin_closed_early
    assert bench.kept.seen == []


def test_a_refused_tunnel_waits_for_our_answer_and_a_refused_request_does_not() -> None:
    bench = Bench()
    bench.flow.server_conn.error = "[Errno 111]"
    bench.side.server_connect_error(server_data(bench.flow))
    assert bench.kept.seen == []
    bench.table.fail(bench.client, connect_refused_status=502)
    assert bench.kept.seen[0][1].connect_error == "[Errno 111]"
    plain = Bench()
    plain.table.next_ordinal(plain.client)
    plain.flow.server_conn.error = "[Errno 111]"
    plain.side.server_connect_error(server_data(plain.flow))
    assert plain.kept.kinds == ["connection"]


def test_a_connect_that_the_app_gave_up_is_written_at_once() -> None:
    bench = Bench()
    bench.flow.client_conn.state = ConnectionState.CLOSED
    bench.table.end(bench.client)
    bench.flow.server_conn.error = "client disconnected"
    bench.side.server_connect_error(server_data(bench.flow))
    assert bench.kept.seen[0][1].connect_error == "client disconnected"


@pytest.mark.parametrize("state", [ConnectionState.CAN_WRITE, ConnectionState.CLOSED])
def test_a_handshake_with_an_origin_that_is_gone(state: ConnectionState) -> None:
    bench = Bench()
    bench.flow.server_conn.state = state
    bench.side.tls_start_server(tls_data(bench.flow, client=False))
    assert bench.facts.origin_closed_early


def test_an_origin_that_closes_before_its_handshake() -> None:
    bench = Bench()
    bench.side.server_disconnected(server_data(bench.flow))
    assert bench.facts.origin_closed_early
    assert bench.facts.ended_by == "origin"
    bench.side.server_connect(server_data(bench.flow))
    assert bench.facts.ended_by is None, "a new origin connection starts anew"
    assert bench.facts.origin_closed_early, "but that it happened stays"


def test_an_origin_closed_after_the_app_left_is_not_the_origins_doing() -> None:
    bench = Bench()
    bench.flow.client_conn.state = ConnectionState.CLOSED
    bench.side.server_disconnected(server_data(bench.flow))
    assert bench.facts.ended_by is None


def test_a_failed_handshake_is_written_at_once() -> None:
    bench = Bench()
    bench.flow.server_conn.error = "Certificate verify failed: hostname mismatch"
    bench.side.tls_failed_server(tls_data(bench.flow, client=False))
    assert bench.kept.seen[0][1].server_tls_error.endswith("hostname mismatch")
