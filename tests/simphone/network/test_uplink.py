"""Connections that leave the phone by a proxy of its host."""

from __future__ import annotations

import asyncio

import pytest

from harness.simphone.network.internet import Internet
from harness.simphone.network.uplink import HostProxyUplink, StraightUplink

INTERNET = Internet({("a.test", 443): ("127.0.0.1", 1)})


async def through(host: str, port: int, answer: bytes, sent: bytes = b"") -> tuple[bytes, bytes]:
    """(what the proxy was sent, what came back)."""
    heard = bytearray()

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.extend(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    where = server.sockets[0].getsockname()[:2]
    try:
        reader, writer = await HostProxyUplink(INTERNET, where).open(host, port)
        for piece in (sent[:9], sent[9:]):
            writer.write(piece)
        await writer.drain()
        back = await reader.read()
        writer.close()
        await writer.wait_closed()
    finally:
        server.close()
    return bytes(heard), back


@pytest.mark.parametrize(("host", "target"), [("a.test", b"198.18.0.1"), ("10.1.1.1", b"10.1.1.1")])
def test_by_connect_to_an_address(host: str, target: bytes) -> None:
    heard, back = asyncio.run(through(host, 443, b"HTTP/1.1 200 OK\r\n\r\nhello"))
    assert heard == b"CONNECT %b:443 HTTP/1.1\r\n\r\n" % target
    assert back == b"hello"


@pytest.mark.parametrize("answer", [b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b""])
def test_a_refusal_is_a_refused_connection(answer: bytes) -> None:
    with pytest.raises(ConnectionRefusedError):
        asyncio.run(through("a.test", 443, answer))


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (
            b"GET /x HTTP/1.1\r\nhost: b.test\r\n\r\n",
            b"GET http://b.test/x HTTP/1.1\r\nhost: b.test\r\n\r\n",
        ),
        (b"GET /x HTTP/1.0\r\n\r\n", b"GET http://10.1.1.1/x HTTP/1.0\r\n\r\n"),
        (b"GET http://c.test/ HTTP/1.1\r\n\r\n", b"GET http://c.test/ HTTP/1.1\r\n\r\n"),
    ],
)
def test_on_port_80_the_request_gets_the_whole_address(sent: bytes, heard: bytes) -> None:
    assert asyncio.run(through("10.1.1.1", 80, b"well", sent)) == (heard, b"well")


def test_straight_on_only_known_addresses_lead_somewhere() -> None:
    with pytest.raises(OSError, match="No route to host"):
        asyncio.run(StraightUplink(INTERNET).open("10.1.1.1", 443))
