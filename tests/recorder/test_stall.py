"""The work-around of the eager stall."""

import pytest
from mitmproxy.connection import ConnectionState

from harness.recorder.stall import StallGuard
from tests.recorder.flows import flow, hello


@pytest.mark.parametrize(
    ("state", "started", "first", "stays"),
    [
        (ConnectionState.OPEN, True, True, True),
        (ConnectionState.CAN_WRITE, True, True, False),
        (ConnectionState.CLOSED, True, True, False),
        (ConnectionState.CLOSED, False, True, True),
        (ConnectionState.CAN_WRITE, True, False, False),
    ],
)
def test_the_origins_handshake_comes_first_only_if_it_can_answer(
    state: ConnectionState, *, started: bool, first: bool, stays: bool
) -> None:
    told: list[str] = []
    made = flow()
    made.server_conn.state = state
    made.server_conn.timestamp_start = 1.0 if started else None
    data = hello(made, "a.test")
    data.establish_server_tls_first = first
    StallGuard(told.append).tls_clienthello(data)
    assert data.establish_server_tls_first is stays
    assert told == ([made.client_conn.id] if first and not stays else [])
