"""The client against mitmproxy's own WireGuard server."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import mitmproxy_rs
import pytest
from mitmproxy import dns

from harness.simphone.wireguard import tunnel as module
from harness.simphone.wireguard.config import TunnelConfig
from harness.simphone.wireguard.tunnel import Tunnel
from harness.simphone.wireguard.uplink import TunnelUplink

Handler = Callable[[Any], Awaitable[None]]


async def answer_names(stream: Any) -> None:
    import ipaddress

    question = dns.DNSMessage.unpack(await stream.read(65_535))
    record = dns.ResourceRecord.A("a.test", ipaddress.IPv4Address("198.19.0.1"))
    stream.write(question.succeed([record]).packed)


async def echo(stream: Any) -> None:
    while data := await stream.read(65_535):
        stream.write(data)
        await stream.drain()
    stream.close()


@asynccontextmanager
async def server(handle: Handler = echo, names: Handler = answer_names) -> AsyncGenerator[Tunnel]:
    """A tunnel that is up."""
    own, theirs = mitmproxy_rs.wireguard.genkey(), mitmproxy_rs.wireguard.genkey()
    public = mitmproxy_rs.wireguard.pubkey
    listening = await mitmproxy_rs.wireguard.start_wireguard_server(
        "127.0.0.1", 0, theirs, [public(own)], handle, names
    )
    config = TunnelConfig(
        base64.b64decode(own),
        "10.0.0.1",
        "10.0.0.53",
        base64.b64decode(public(theirs)),
        listening.getsockname(),
    )
    tunnel = Tunnel(config)
    try:
        await tunnel.start()
        yield tunnel
    finally:
        tunnel.stop()
        listening.close()
        await listening.wait_closed()


def test_names_and_bytes_both_ways() -> None:
    async def run() -> None:
        async with server() as tunnel:
            reader, writer = await TunnelUplink(tunnel).open("a.test", 443)
            sent = bytes(range(256)) * 4_000
            writer.write(sent)
            assert await reader.readexactly(len(sent)) == sent
            writer.write_eof()
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()

    asyncio.run(run())


def test_the_end_of_the_other_side_and_many_at_once() -> None:
    async def greet(stream: Any) -> None:
        stream.write(b"hello")
        stream.close()

    async def run() -> None:
        async with server(greet) as tunnel:
            opened = await asyncio.gather(*(tunnel.open("198.19.0.1", 80) for _ in range(8)))
            for reader, writer in opened:
                assert await reader.read() == b"hello"
                writer.close()
                await writer.wait_closed()

    asyncio.run(run())


def test_a_resolver_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DNS_SECONDS", 0.05)

    async def silent(stream: Any) -> None:
        await stream.read(65_535)

    async def run() -> None:
        async with server(names=silent) as tunnel:
            with pytest.raises(socket.gaierror, match="Temporary failure"):
                await tunnel.resolve("a.test")

    asyncio.run(run())


def test_without_a_server_it_does_not_come_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HANDSHAKE_SECONDS", 0.2)
    monkeypatch.setattr(module, "HANDSHAKE_AGAIN", 0.1)
    config = TunnelConfig(bytes(range(32)), "10.0.0.1", "10.0.0.53", bytes(range(1, 33)),
                          ("127.0.0.1", 9))  # fmt: skip

    with pytest.raises(TimeoutError, match="no handshake"):
        asyncio.run(Tunnel(config).start())
