"""httpcore's network backend over the phone's sockets."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import ssl
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore
from cryptography import x509

from harness.simphone.contracts import Clock, NetworkStack
from harness.simphone.network.failures import TlsRefusedError
from harness.simphone.network.h2_streams import OpenStreams
from harness.simphone.network.tls import TlsPipe

Meter = Callable[[int, int], None]
"""meter(received, sent): bytes that the app moved."""


def no_meter(_received: int, _sent: int) -> None:
    """Counts nothing."""


class PhoneStream(httpcore.AsyncNetworkStream):
    """One plain connection of an app."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        clock: Clock,
        meter: Meter,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._meter = meter

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await _read(self._reader.read(max_bytes), timeout, self._meter)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        async def send() -> None:
            self._writer.write(buffer)
            await self._writer.drain()

        await _write(send(), len(buffer), timeout, self._meter)

    async def aclose(self) -> None:
        self._writer.close()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        ssl_context.set_alpn_protocols(["h2", "http/1.1"])  # httpcore has them the other way round
        pipe = TlsPipe(self._reader, self._writer, ssl_context, server_hostname or "")
        try:
            async with asyncio.timeout(timeout):
                await pipe.handshake()
        except TimeoutError as error:
            pipe.abort()
            raise httpcore.ConnectTimeout(f"no handshake within {timeout} s") from error
        except (OSError, ssl.SSLError) as error:
            raise httpcore.ConnectError(str(error)) from error
        check_dates(pipe, self._clock)
        return TlsStream(pipe, self._meter)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own signature
        if info == "is_readable":
            return self._reader.at_eof()
        return self._writer.get_extra_info(info)


class TlsStream(httpcore.AsyncNetworkStream):
    """One TLS connection of an app; a time-out cancels its HTTP/2 streams."""

    def __init__(self, pipe: TlsPipe, meter: Meter) -> None:
        self._pipe = pipe
        self._meter = meter
        self._streams = OpenStreams() if pipe.tls.selected_alpn_protocol() == "h2" else None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            data = await _read(self._pipe.read(max_bytes), timeout, self._meter)
        except httpcore.ReadTimeout:
            if self._streams is not None:
                with contextlib.suppress(OSError, ssl.SSLError):
                    await self._pipe.write(self._streams.cancellation())
            raise
        if self._streams is not None:
            self._streams.received(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        if self._streams is not None:
            self._streams.sent(buffer)
        await _write(self._pipe.write(buffer), len(buffer), timeout, self._meter)

    async def aclose(self) -> None:
        self._pipe.close()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own signature
        if info == "ssl_object":
            return self._pipe.tls
        return self._pipe.ended if info == "is_readable" else None


class PhoneBackend(httpcore.AsyncNetworkBackend):
    """Connects as the app with `uid` on the phone does."""

    def __init__(self, network: NetworkStack, clock: Clock, uid: int, meter: Meter) -> None:
        self._network = network
        self._clock = clock
        self._uid = uid
        self._meter = meter

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - a phone has one
        socket_options: Iterable[object] | None = None,  # noqa: ARG002 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                reader, writer = await self._network.connect(host, port, uid=self._uid)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host}:{port} not reached in {timeout} s") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return PhoneStream(reader, writer, self._clock, self._meter)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def check_dates(pipe: TlsPipe, clock: Clock) -> None:
    """Raises TlsRefusedError for a certificate not valid by the phone's own clock.

    OpenSSL has checked it by the host's clock; no request has been sent yet.
    """
    leaf = x509.load_der_x509_certificate(pipe.leaf())
    now = dt.datetime.fromtimestamp(clock.now(), dt.UTC)
    if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        pipe.close()
        raise TlsRefusedError("certificate not valid at the phone's time")


async def _read(work: Awaitable[bytes], timeout: float | None, meter: Meter) -> bytes:
    try:
        async with asyncio.timeout(timeout):
            data = await work
    except TimeoutError as error:
        raise httpcore.ReadTimeout(f"no answer within {timeout} s") from error
    except (OSError, ssl.SSLError) as error:
        raise httpcore.ReadError(str(error)) from error
    meter(len(data), 0)
    return data


async def _write(work: Awaitable[None], size: int, timeout: float | None, meter: Meter) -> None:
    try:
        async with asyncio.timeout(timeout):
            await work
    except TimeoutError as error:
        raise httpcore.WriteTimeout(f"not sent within {timeout} s") from error
    except (OSError, ssl.SSLError) as error:
        raise httpcore.WriteError(str(error)) from error
    meter(0, size)
