"""httpx's transport over httpcore pools, through the phone's proxy when it has one."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from types import TracebackType
from typing import cast

import httpcore
import httpx

from harness.simphone.contracts import NetworkStack
from harness.simphone.network.phone_backend import PhoneBackend

_KINDS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    (httpcore.TimeoutException, httpx.ReadTimeout),
    (httpcore.ProxyError, httpx.ProxyError),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
    (httpcore.NetworkError, httpx.ReadError),
)


@contextmanager
def _as_httpx() -> Generator[None]:
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise _mapped(error) from error
    except httpcore.ProxyError as error:
        raise httpx.ProxyError(str(error)) from error


def _mapped(error: Exception) -> httpx.TransportError:
    for inner, outer in _KINDS:
        if isinstance(error, inner):
            return outer(str(error))
    return httpx.TransportError(str(error))


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: object) -> None:
        self._stream = cast("httpcore.AsyncConnectionPool", stream)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for part in cast("AsyncIterator[bytes]", self._stream):
                yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


class PhoneTransport(httpx.AsyncBaseTransport):
    """Follows changes of the phone's proxy setting: a new pool for each proxy."""

    def __init__(
        self, network: NetworkStack, backend: PhoneBackend, context: ssl.SSLContext
    ) -> None:
        self._network = network
        self._backend = backend
        self._context = context
        self._proxy: tuple[str, int] | None = None
        self._pool = self._make_pool()

    def _make_pool(self) -> httpcore.AsyncConnectionPool:
        self._proxy = self._network.proxy()
        if self._proxy is None:
            return httpcore.AsyncConnectionPool(
                ssl_context=self._context,
                http2=True,
                max_connections=None,
                network_backend=self._backend,
            )
        host, port = self._proxy
        return httpcore.AsyncHTTPProxy(
            proxy_url=f"http://{host}:{port}/",
            ssl_context=self._context,
            http2=True,
            max_connections=None,  # httpcore counts tunnels whose TLS failed as busy for ever
            network_backend=self._backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._network.proxy() != self._proxy:
            old, self._pool = self._pool, self._make_pool()
            await old.aclose()
        wanted = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _as_httpx():
            answer = await self._pool.handle_async_request(wanted)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        await self._pool.aclose()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()
