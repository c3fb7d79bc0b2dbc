import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from harness.simphone.adbd.packets import Command
from tests.simphone.adbd.host import Host, connected
from tests.simphone.adbd.standins import Phone

TIMEOUT = 5.0


@asynccontextmanager
async def app_and_host() -> AsyncGenerator[
    tuple[asyncio.StreamReader, asyncio.StreamWriter, Host, int]
]:
    """An app that connected to a reversed port; the host has seen its OPEN."""
    phone = Phone()
    async with asyncio.timeout(TIMEOUT), connected(phone) as (host, _):
        await host.talk("reverse:forward:tcp:8080;tcp:5555")
        reader, writer = await asyncio.open_connection("127.0.0.1", phone.network.ports[8080])
        opening = await host.receive()
        assert (opening.command, opening.arg1, opening.payload) == (
            Command.OPEN,
            0,
            b"tcp:5555\0",
        )
        assert opening.arg0 != 0
        yield reader, writer, host, opening.arg0
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def test_bytes_go_both_ways() -> None:
    async def scenario() -> None:
        async with app_and_host() as (reader, writer, host, phone_id):
            host.send(Command.OKAY, 50, phone_id)
            writer.write(b"request")
            sent = await host.receive()
            assert (sent.command, sent.arg0, sent.arg1, sent.payload) == (
                Command.WRTE,
                phone_id,
                50,
                b"request",
            )
            host.send(Command.OKAY, 50, phone_id)
            host.send(Command.WRTE, 50, phone_id, b"answer")
            assert await reader.read(100) == b"answer"

    asyncio.run(scenario())


def test_nothing_is_read_from_the_app_before_the_host_agreed() -> None:
    async def scenario() -> None:
        async with app_and_host() as (_, writer, host, phone_id):
            writer.write(b"early")
            assert await host.silent()
            host.send(Command.OKAY, 50, phone_id)
            assert (await host.receive()).payload == b"early"

    asyncio.run(scenario())


@pytest.mark.parametrize("sends_first", [False, True])
def test_a_refusing_host_ends_the_apps_connection(sends_first: bool) -> None:
    async def scenario() -> bytes:
        async with app_and_host() as (reader, writer, host, phone_id):
            if sends_first:
                writer.write(b"lost")
                await asyncio.sleep(0.02)
            host.send(Command.CLSE, 0, phone_id)
            return await reader.read(100)

    if sends_first:
        with pytest.raises(ConnectionResetError):
            asyncio.run(scenario())
    else:
        assert asyncio.run(scenario()) == b""


def test_the_hosts_close_arrives_after_its_data() -> None:
    async def scenario() -> None:
        async with app_and_host() as (reader, _, host, phone_id):
            host.send(Command.OKAY, 50, phone_id)
            host.send(Command.WRTE, 50, phone_id, b"last words")
            host.send(Command.CLSE, 50, phone_id)
            assert await reader.read() == b"last words"

    asyncio.run(scenario())


def test_the_apps_close_is_told_after_its_data_was_acknowledged() -> None:
    async def scenario() -> None:
        async with app_and_host() as (_, writer, host, phone_id):
            host.send(Command.OKAY, 50, phone_id)
            writer.write(b"bye")
            writer.close()
            assert (await host.receive()).command == Command.WRTE
            assert await host.silent()
            host.send(Command.OKAY, 50, phone_id)
            closing = await host.receive()
            assert (closing.command, closing.arg0, closing.arg1) == (Command.CLSE, phone_id, 50)

    asyncio.run(scenario())


def test_an_app_that_does_not_read_holds_the_host_back() -> None:
    async def scenario() -> None:
        async with app_and_host() as (reader, writer, host, phone_id):
            app = cast("asyncio.Transport", writer.transport)
            app.pause_reading()
            host.send(Command.OKAY, 50, phone_id)
            sent = 0
            while True:
                host.send(Command.WRTE, 50, phone_id, bytes(256 * 1024))
                sent += 256 * 1024
                if await host.silent(0.3):
                    break
                assert (await host.receive()).command == Command.OKAY
                assert sent < 64 << 20, "the phone takes everything"
            app.resume_reading()
            assert len(await reader.readexactly(sent)) == sent
            assert (await host.receive()).command == Command.OKAY

    asyncio.run(scenario())


def test_open_connections_outlive_the_removal_of_the_entry() -> None:
    async def scenario() -> None:
        async with app_and_host() as (reader, _, host, phone_id):
            host.send(Command.OKAY, 50, phone_id)
            await host.talk("reverse:killforward:tcp:8080")
            host.send(Command.WRTE, 50, phone_id, b"still here")
            assert await reader.read(100) == b"still here"

    asyncio.run(scenario())
