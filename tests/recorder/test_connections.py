"""The app's side of a connection."""

from __future__ import annotations

import pytest
from mitmproxy import tcp
from mitmproxy.test import tflow

from harness.adapters.proxy.canary_host import CANARY_HOST
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.connections import LARGEST_ALERT, SMALLEST_REQUEST, AppSide
from tests.recorder.flows import flow, hello, tls_data
from tests.recorder.recording_stand_in import Kept


def ready() -> tuple[AppSide, ConnectionTable, Kept]:
    table, kept = ConnectionTable(), Kept()
    table.recording = kept
    return AppSide(table), table, kept


def test_from_connect_to_close() -> None:
    side, table, kept = ready()
    made = flow()
    client = made.client_conn
    side.client_connected(client)
    side.http_connect(made)
    side.tls_clienthello(hello(made, "api16.example.com"))
    side.tls_start_client(tls_data(made, client=True))
    client.tls_version, client.alpn = "TLSv1.3", b"h2"
    side.tls_established_client(tls_data(made, client=True))
    side.client_disconnected(client)
    ((_, facts),) = kept.seen
    assert (facts.host, facts.port, facts.sni) == ("api16.example.com", 443, "api16.example.com")
    assert facts.opened <= facts.hello <= facts.client_tls_begun <= facts.client_tls_done
    assert (facts.client_tls_version, facts.client_alpn) == ("TLSv1.3", "h2")
    assert table.facts(client.id) is None


def test_a_refused_certificate() -> None:
    side, _, kept = ready()
    made = flow()
    side.client_connected(made.client_conn)
    side.http_connect(made)
    made.client_conn.error = "The client does not trust the proxy's certificate"
    side.tls_failed_client(tls_data(made, client=True))
    ((kind, facts),) = kept.seen
    assert (kind, facts.client_tls_error, facts.ended_by) == (
        "connection", "The client does not trust the proxy's certificate", "app",
    )  # fmt: skip


def test_the_proxys_own_answer_to_connect() -> None:
    side, _, kept = ready()
    made = flow(status=502)
    side.client_connected(made.client_conn)
    side.http_connect(made)
    side.http_connect_error(made)
    assert kept.seen[0][1].connect_refused_status == 502


def test_sizes_of_what_passes_are_counted_and_the_bytes_forgotten() -> None:
    side, table, _ = ready()
    made = tflow.ttcpflow()
    side.client_connected(made.client_conn)
    for up, size in ((True, 10), (False, 100), (True, 5)):
        made.messages.append(tcp.TCPMessage(up, b"x" * size))
        side.tcp_message(made)
        assert made.messages == []
    facts = table.facts(made.client_conn.id)
    assert facts is not None
    assert (facts.bytes_up, facts.bytes_down) == (15, 100)
    assert facts.asked_last is None  # 15 bytes are no request


@pytest.mark.parametrize(
    ("pieces", "came"),
    [
        ([(True, SMALLEST_REQUEST)], 0),
        ([(False, 900), (True, SMALLEST_REQUEST), (False, LARGEST_ALERT)], 0),
        ([(True, SMALLEST_REQUEST), (False, 400), (False, 50)], 450),
        ([(True, 500), (False, 400), (True, 24), (False, 50)], 450),  # a farewell asks nothing
        ([(True, 500), (False, 400), (True, 700)], 0),
    ],
)
def test_what_came_after_the_last_request_is_counted(
    pieces: list[tuple[bool, int]], came: int
) -> None:
    side, table, _ = ready()
    made = tflow.ttcpflow()
    made.messages.clear()
    side.client_connected(made.client_conn)
    for up, size in pieces:
        made.messages.append(tcp.TCPMessage(up, b"x" * size))
        side.tcp_message(made)
    facts = table.facts(made.client_conn.id)
    assert facts is not None
    assert facts.asked_last is not None
    assert facts.down_since_asked == came


def test_plain_requests_name_the_host_and_the_canary_does_not() -> None:
    side, table, _ = ready()
    made, canary = flow(), flow()
    canary.request.host = CANARY_HOST
    for each in (made, canary):
        side.client_connected(each.client_conn)
        side.requestheaders(each)
    assert table.asked(made.client_conn.id) == ("api16.example.com", 443)
    assert table.asked(canary.client_conn.id) is None
