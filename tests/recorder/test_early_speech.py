"""An origin that speaks before the app's ClientHello."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mitmproxy import exceptions, http
from mitmproxy.connection import ConnectionState
from mitmproxy.proxy import events
from mitmproxy.proxy.layer import NextLayer
from mitmproxy.test import taddons

from harness.recorder import early_speech
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.early_speech import Delivery, EarlyAnswer, EarlySpeech
from tests.recorder.flows import flow, tls_data

HELLO = b"\x16\x03\x01\x00\x05hello"
BANNER = b"220 ready\r\n"


class Bench:
    def __init__(self, port: int = 443) -> None:
        self.table = ConnectionTable()
        self.speech = EarlySpeech(self.table)
        self.flow: http.HTTPFlow = flow()
        self.table.begin(self.flow.client_conn.id, None)
        self.table.ask(self.flow.client_conn.id, "api.test", port)

    def ask(self, client: bytes, origin: bytes, *, layer: object = None) -> list[events.Event]:
        """What is left of the events when the next layer was asked for."""
        said = [events.DataReceived(self.flow.server_conn, origin)] if origin else []
        heard = [events.DataReceived(self.flow.client_conn, client)] if client else []
        data = SimpleNamespace(
            layer=layer,
            context=SimpleNamespace(client=self.flow.client_conn, server=self.flow.server_conn),
            data_client=lambda: client,
            data_server=lambda: origin,
            events=[events.Start(), *said, *heard],
        )
        self.speech.next_layer(cast("NextLayer", data))
        return data.events


@pytest.mark.parametrize("start", [b"", b"\x16", b"\x16\x03"])
def test_the_choice_waits_for_the_app(start: bytes) -> None:
    with pytest.raises(exceptions.AddonHalt):
        Bench().ask(start, BANNER)


@pytest.mark.parametrize(
    ("port", "start", "origin", "layer"),
    [
        (443, b"", b"", None),
        (443, HELLO, b"", None),
        (443, b"GET / HTTP/1.1", BANNER, None),
        (443, HELLO, BANNER, "passes undecrypted"),
        (25, b"", BANNER, None),
    ],
)
def test_everything_else_goes_its_way(
    port: int, start: bytes, origin: bytes, layer: object
) -> None:
    bench = Bench(port)
    left = bench.ask(start, origin, layer=layer)
    assert len(left) == 1 + bool(start) + bool(origin)
    assert bench.speech.take(bench.flow.server_conn.id) is None


def test_a_connection_that_nobody_asked_for_goes_its_way() -> None:
    bench = Bench()
    bench.table.end(bench.flow.client_conn.id)
    assert len(bench.ask(b"", BANNER)) == 2


def test_the_words_wait_for_the_handshake() -> None:
    bench = Bench()
    left = bench.ask(HELLO, BANNER)
    assert [type(event).__name__ for event in left] == ["Start", "DataReceived"]
    given: list[tuple[str, Any]] = []
    answer = EarlyAnswer(bench.speech, lambda client, event: given.append((client, event)))
    for _ in range(2):
        answer.tls_start_server(tls_data(bench.flow, client=False))
    ((client, event),) = given
    assert (client, event.connection, event.data) == (
        bench.flow.client_conn.id, bench.flow.server_conn, BANNER,
    )  # fmt: skip


def test_of_an_origin_that_left_nothing_waits() -> None:
    bench = Bench()
    bench.flow.server_conn.state = ConnectionState.CAN_WRITE
    assert len(bench.ask(HELLO, BANNER)) == 2
    assert bench.speech.take(bench.flow.server_conn.id) is None


def test_what_never_comes_to_a_handshake_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_speech, "_KEPT", 2)
    speech = EarlySpeech(ConnectionTable())
    for origin in "abc":
        speech.keep(origin, origin.encode())
    assert [speech.take(origin) for origin in "abc"] == [None, b"b", b"c"]


class Connected:
    """Stands in for mitmproxy's server and for a connection of it."""

    name = "proxyserver"

    def __init__(self) -> None:
        self.connections = {"known": self}
        self.got: list[events.Event] = []

    async def server_event(self, event: events.Event) -> None:
        self.got.append(event)


@pytest.mark.parametrize(("client", "count"), [("known", 1), ("gone", 0)])
def test_delivery_after_the_hook(client: str, count: int) -> None:
    server = Connected()

    async def deliver() -> None:
        with taddons.context(server):
            Delivery()(client, events.Start())
            assert server.got == []
            await asyncio.sleep(0.01)

    asyncio.run(deliver())
    assert len(server.got) == count


def test_delivery_without_a_server() -> None:
    async def deliver() -> None:
        with taddons.context():
            Delivery()("known", events.Start())
            await asyncio.sleep(0.01)

    asyncio.run(deliver())
