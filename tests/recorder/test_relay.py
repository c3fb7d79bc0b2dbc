"""Which side ended a connection that is passed on."""

from __future__ import annotations

from typing import Any

import pytest
from mitmproxy import connection
from mitmproxy.connection import ConnectionState
from mitmproxy.proxy import events
from mitmproxy.proxy.context import Context
from mitmproxy.test import taddons, tflow

from harness.recorder.relay import Relay


@pytest.mark.parametrize(
    ("data", "first", "told"),
    [
        (None, "app", "app"),
        (None, "origin", "origin"),
        (("origin", 300), "app", "app"),
        (("origin", 24), "app", "origin"),  # close_notify
        (("app", 24), "origin", "app"),
        (("origin", 31), "app", "app"),  # HTTP/2's answer to SETTINGS
        (("origin", 24), "origin", "origin"),
    ],
)
def test_who_goes_first_ended_it(data: tuple[str, int] | None, first: str, told: str) -> None:
    with taddons.context() as running:
        client = tflow.tclient_conn()
        client.state = ConnectionState.OPEN
        context = Context(client, running.options)
        context.server = tflow.tserver_conn()
        context.server.state = ConnectionState.OPEN
        sides: dict[str, connection.Connection] = {"app": client, "origin": context.server}
        seen: list[tuple[str, str]] = []

        def ended(app: str, side: str) -> None:
            seen.append((app, side))

        relay = Relay(context, ended, ignore=True)
        said: list[Any] = list(relay.handle_event(events.Start()))
        if data is not None:
            said += relay.handle_event(events.DataReceived(sides[data[0]], b"x" * data[1]))
        for name in sorted(sides, key=lambda name: name != first):
            sides[name].state &= ~ConnectionState.CAN_READ
            said += relay.handle_event(events.ConnectionClosed(sides[name]))
    assert seen == [(client.id, told)]
    assert said, "and the other side is told"
