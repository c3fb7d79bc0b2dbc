import asyncio
from collections.abc import Awaitable, Callable

import pytest

from harness.simphone.adbd.bridge import bridge
from harness.simphone.adbd.packets import Command
from tests.simphone.adbd.host import until
from tests.simphone.adbd.test_stream import PEER, Wire, accepted, run, settle


async def joined(
    wire: Wire, scenario: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
) -> None:
    """Runs `scenario` with the far end of a socket that is bridged with `wire`."""
    bridged: list[asyncio.Task[None]] = []
    connected = asyncio.Event()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bridged.append(asyncio.ensure_future(bridge(wire.stream, reader, writer)))
        connected.set()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        far = await asyncio.open_connection(*server.sockets[0].getsockname())
        await connected.wait()
        await scenario(*far)
        far[1].close()
        await bridged[0]


def test_the_hosts_last_bytes_arrive_though_the_app_still_sends() -> None:
    async def scenario(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"too late")
        await asyncio.sleep(0.02)
        wire.stream.on_okay(PEER)
        wire.stream.on_write(b"x" * 300_000)
        wire.stream.on_close()
        assert await reader.read() == b"x" * 300_000

    wire = accepted()
    run(lambda: joined(wire, scenario))


def test_the_sockets_end_closes_the_stream_after_its_bytes() -> None:
    async def scenario(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"bye")
        writer.write_eof()
        await until(wire.payloads)
        assert not wire.stream.closed
        wire.stream.on_okay(PEER)
        assert await reader.read() == b""

    wire = accepted()
    run(lambda: joined(wire, scenario))

    assert wire.payloads() == [b"bye"]
    assert wire.commands()[-1] == Command.CLSE


def test_a_reset_is_an_end_too() -> None:
    async def scenario(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await settle()
        writer.transport.abort()

    wire = accepted()
    run(lambda: joined(wire, scenario))

    assert wire.commands() == [Command.CLSE]


@pytest.mark.parametrize("piece", [1, 100_000])
def test_bytes_for_the_socket_keep_their_order(piece: int) -> None:
    async def scenario(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        for _turn in range(10):
            wire.stream.on_write(b"a" * piece + b"b")
        assert await reader.readexactly(10 * (piece + 1)) == (b"a" * piece + b"b") * 10
        wire.stream.on_close()

    wire = accepted()
    run(lambda: joined(wire, scenario))
