"""A bare TLS connection of an app, through the phone's proxy by CONNECT when it has one."""

from __future__ import annotations

import asyncio
import ssl

from harness.simphone.contracts import NetworkStack
from harness.simphone.network.failures import UnreachableError
from harness.simphone.network.tls import TlsPipe

SECONDS = 10.0


async def open_tls(
    network: NetworkStack, host: str, context: ssl.SSLContext, *, uid: int, port: int = 443
) -> TlsPipe:
    """An open TLS connection to `host`.

    Raises OSError, ssl.SSLError, TimeoutError or UnreachableError (the proxy
    answered CONNECT with something else than 200).
    """
    async with asyncio.timeout(SECONDS):
        proxy = network.proxy()
        reader, writer = await network.connect(*(proxy or (host, port)), uid=uid)
        try:
            if proxy is not None:
                await _connect_through(reader, writer, f"{host}:{port}")
            pipe = TlsPipe(reader, writer, context, host)
            await pipe.handshake()
        except BaseException:
            writer.close()
            raise
    return pipe


async def _connect_through(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: str
) -> None:
    writer.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    first = head.split(b"\r\n", 1)[0].decode("latin-1")
    if " 200" not in first:
        raise UnreachableError(f"proxy said {first!r} to CONNECT {target}")
