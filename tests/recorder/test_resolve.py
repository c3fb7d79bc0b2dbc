"""The --resolve map."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from harness.adapters.proxy.canary_host import CANARY_ADDRESS
from harness.domain.resolve import ResolveMap, parse_resolve
from harness.recorder.canary_origin import CanaryOrigin
from harness.recorder.name_book import NameBook
from harness.recorder.resolve import Resolve, led, mapped

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
        Resolve(NameBook()).use(ResolveMap((parse_resolve(f"a.test:443:127.0.0.1:{port}"),)))
        reader, writer = await asyncio.open_connection("a.test", 443)
        data = await reader.read()
        writer.close()
        server.close()
        return data

    assert asyncio.run(run()) == b"hello"


@pytest.mark.parametrize(
    ("host", "port", "led_to"),
    [
        ("10.0.0.1", 443, ("127.0.0.1", 8)),
        ("198.19.0.1", 443, ("127.0.0.1", 9)),  # made up for a.test
        ("10.0.0.1", 80, ("10.0.0.1", 80)),
        ("a.test", 443, ("a.test", 443)),  # by its look-up
        (None, None, (None, None)),
    ],
)
def test_a_connection_to_an_address_is_led_where_the_map_says(
    host: object, port: object, led_to: tuple[object, object]
) -> None:
    seen: list[tuple[object, object]] = []

    async def original(_factory: object, host: Any, port: Any, **_: object) -> None:
        seen.append((host, port))

    book = NameBook()
    book.address_for("a.test")
    asyncio.run(led(MAP, book, CanaryOrigin(), original)(None, host, port))
    assert seen == [led_to]


def test_our_own_request_finds_an_origin() -> None:
    seen: list[object] = []

    async def original(_factory: object, host: Any, _port: Any, **_: object) -> None:
        seen.append(host)

    canary = CanaryOrigin()
    asyncio.run(led(MAP, NameBook(), canary, original)(None, CANARY_ADDRESS, 80))
    canary.close()
    assert seen == ["127.0.0.1"]
