"""One request on its way through the service, with the connection it came on."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Connection:
    """The transport below an exchange; lets faults end it in each possible way."""

    def __init__(self, host: str, writer: asyncio.StreamWriter) -> None:
        self.host = host
        self.h2: Callable[[], H2Wire | None] = lambda: None
        self._writer = writer
        self._socket = writer.get_extra_info("socket")

    def reset(self) -> None:
        """TCP RST: the peer sees "connection reset"."""
        if self._socket is not None and self._socket.fileno() >= 0:
            self._socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    def close(self) -> None:
        """TLS close_notify and FIN."""
        self._writer.close()


class H2Wire:
    """The HTTP/2 engine of one connection, narrowed to what faults need.

    Wraps hypercorn's `H2Protocol` (its `connection` is h2's own object).
    """

    def __init__(self, protocol: Any) -> None:  # noqa: ANN401 - hypercorn gives it no public type
        self._protocol = protocol

    async def reset_stream(self, scope: Scope, code: int) -> None:
        """RST_STREAM on the stream that carries `scope`."""
        for number, stream in self._protocol.streams.items():
            if stream.scope is scope:
                self._protocol.connection.reset_stream(number, error_code=code)
        await self._flush()

    async def goaway(self, code: int) -> None:
        """GOAWAY that names no stream as processed."""
        self._protocol.connection.close_connection(error_code=code, last_stream_id=0)
        await self._flush()

    async def _flush(self) -> None:
        from hypercorn.events import RawData

        await self._protocol.send(RawData(data=self._protocol.connection.data_to_send()))


CONNECTION: ContextVar[Connection | None] = ContextVar("connection", default=None)
"""Set by the front for each connection; requests are served in its context."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

    def with_body(self, body: bytes, **headers: str) -> Reply:
        """The same answer with another body; headers given replace those of that name."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = tuple(pair for pair in self.headers if pair[0] not in named)
        return replace(self, body=body, headers=kept + tuple(named.items()))


@dataclass(slots=True)
class Exchange:
    """A request, the app that would answer it and the ways to answer otherwise."""

    scope: Scope
    receive: Receive
    send: Send
    inner: Asgi
    need: str

    async def ordinary(self) -> Reply:
        """What the healthy service answers."""
        start: Message = {"status": 500, "headers": []}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self.inner(self.scope, self.receive, collect)
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in start["headers"]
            if name.lower() != b"content-length"
        )
        return Reply(int(start["status"]), bytes(body), headers)

    async def answer(self, reply: Reply) -> None:
        """Sends a whole answer with its length."""
        await self.start(reply, len(reply.body))
        await self.send({"type": "http.response.body", "body": reply.body, "more_body": False})

    async def start(self, reply: Reply, length: int) -> None:
        """Sends the head only, announcing `length` bytes."""
        headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in reply.headers]
        headers.append((b"content-length", str(length).encode()))
        await self.send({"type": "http.response.start", "status": reply.status, "headers": headers})

    async def gone(self) -> None:
        """Waits until the app has given up (stream or connection closed)."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    @property
    def connection(self) -> Connection:
        """The connection below; raises RuntimeError outside the front."""
        found = CONNECTION.get()
        if found is None:
            raise RuntimeError("this exchange did not come through the front")
        return found
