"""Where the phone's TCP connections leave it: straight away, or through a proxy of its host."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from typing import Protocol

from harness.simphone.network.addresses import is_address
from harness.simphone.network.internet import Internet

CONNECT_SECONDS = 10.0
HTTP_PORT = 80
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Uplink(Protocol):
    """What carries a connection to anything but the phone's own loopback."""

    async def open(self, host: str, port: int) -> Streams:
        """Raises OSError as a phone's `connect` would."""
        ...


class StraightUplink:
    """The simulated internet itself."""

    def __init__(self, internet: Internet) -> None:
        self._internet = internet

    async def open(self, host: str, port: int) -> Streams:
        name = self._internet.name_of(host)
        if is_address(name):
            raise OSError(errno.EHOSTUNREACH, f"No route to host {host}")
        return await open_local(*self._internet.locate(name, port))


class HostProxyUplink:
    """An emulator's -http-proxy: every connection by CONNECT to its address, names looked up by
    the phone; on port 80 the requests get the whole address instead (QEMU's proxy_http.c)."""

    def __init__(self, internet: Internet, proxy: tuple[str, int]) -> None:
        self._internet = internet
        self._proxy = proxy

    async def open(self, host: str, port: int) -> Streams:
        address = host if is_address(host) else self._internet.address_of(host)
        reader, writer = await open_local(*self._proxy)
        if port == HTTP_PORT:
            return reader, RewritingWriter(writer, address)
        target = f"{address}:{port}"
        writer.write(f"CONNECT {target} HTTP/1.1\r\n\r\n".encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, OSError) as error:
            writer.close()
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused") from error
        if b" 200" not in head.split(b"\r\n", 1)[0]:
            writer.close()
            raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
        return reader, writer


class RewritingWriter(asyncio.StreamWriter):
    """Puts `http://HOST` before the path of the first request's line."""

    def __init__(self, inner: asyncio.StreamWriter, address: str) -> None:
        self._inner = inner
        self._address = address
        self._head: bytes | None = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._head is None:
            self._inner.write(data)
            return
        self._head += bytes(data)
        if b"\r\n\r\n" not in self._head:
            return
        whole, self._head = self._head, None
        lines = whole.split(b"\r\n")
        host = next(
            (line[5:].strip() for line in lines if line[:5].lower() == b"host:"),
            self._address.encode(),
        )
        method, path, version = (*lines[0].split(b" "), b"", b"")[:3]
        if path.startswith(b"/"):
            lines[0] = b"%b http://%b%b %b" % (method, host, path, version)
        self._inner.write(b"\r\n".join(lines))

    async def drain(self) -> None:
        await self._inner.drain()

    def can_write_eof(self) -> bool:
        return self._inner.can_write_eof()

    def write_eof(self) -> None:
        with contextlib.suppress(OSError):
            self._inner.write_eof()

    def close(self) -> None:
        self._inner.close()

    def is_closing(self) -> bool:
        return self._inner.is_closing()

    async def wait_closed(self) -> None:
        await self._inner.wait_closed()

    def __del__(self, *_: object) -> None:
        """The inner one looks after its own end."""


async def open_local(address: str, port: int) -> Streams:
    """A connection on this machine, with a phone's time-out."""
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await asyncio.open_connection(address, port)
    except TimeoutError:
        raise TimeoutError(errno.ETIMEDOUT, f"Connection timed out: {address}:{port}") from None
