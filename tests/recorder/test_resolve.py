"""The --resolve map."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from harness.domain.resolve import ResolveMap, parse_resolve
from harness.recorder.resolve import Resolve, mapped
from tests.recorder.flows import flow, hello, server_data

MAP = ResolveMap(
    (parse_resolve("a.test:443:127.0.0.1:9"), parse_resolve("10.0.0.1:443:127.0.0.1:8"))
)


@pytest.mark.parametrize(
    ("host", "port", "asked"),
    [
        ("a.test", 443, ("127.0.0.1", 9)),
        (b"A.test", 443, ("127.0.0.1", 9)),
        ("a.test", 80, ("a.test", 80)),
        ("b.test", 443, ("b.test", 443)),
        (None, 443, (None, 443)),
    ],
)
def test_look_ups_are_answered_from_the_map(
    host: object, port: int, asked: tuple[object, int]
) -> None:
    seen: list[tuple[object, object]] = []

    async def original(host: Any, port: Any, **_: object) -> list[Any]:
        seen.append((host, port))
        return []

    asyncio.run(mapped(MAP, original)(host, port, family=0))
    assert seen == [asked]


def test_the_loop_connects_to_the_mapped_port_under_the_name() -> None:
    async def run() -> bytes:
        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"hello")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        Resolve().use(ResolveMap((parse_resolve(f"a.test:443:127.0.0.1:{port}"),)))
        reader, writer = await asyncio.open_connection("a.test", 443)
        data = await reader.read()
        writer.close()
        server.close()
        return data

    assert asyncio.run(run()) == b"hello"


def test_an_ip_address_is_changed_itself_and_the_name_kept() -> None:
    addon = Resolve()
    addon._map = MAP
    made = flow()
    made.server_conn = type(made.server_conn)(address=("10.0.0.1", 443))
    made.client_conn.sni = "inner.test"
    addon.server_connect(server_data(made))
    assert made.server_conn.address == ("127.0.0.1", 8)
    assert made.server_conn.sni == "inner.test"
    named = flow()
    named.server_conn = type(named.server_conn)(address=("a.test", 443))
    addon.server_connect(server_data(named))
    assert named.server_conn.address == ("a.test", 443)


def test_the_name_may_come_later_by_the_handshake() -> None:
    addon = Resolve()
    addon._map = MAP
    for sni, due in (("inner.test", "inner.test"), (None, "10.0.0.1")):
        made = flow()
        made.client_conn.sni = None
        made.server_conn = type(made.server_conn)(address=("10.0.0.1", 443))
        addon.server_connect(server_data(made))
        assert made.server_conn.sni is None
        addon.tls_clienthello(hello(made, sni))
        assert made.server_conn.sni == due
    addon.server_connect(server_data(made))
    addon.server_disconnected(server_data(made))
    assert addon._moved == {}
