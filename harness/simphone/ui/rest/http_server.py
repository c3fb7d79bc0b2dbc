"""A small HTTP/1.1 server with keep-alive on the host's loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import h11

from harness.simphone.ui.rest.faults import ConnectionDroppedError

_CHUNK = 65536
_MOST_BODY = 64 * 1024 * 1024
_WRITE_TIMEOUT = 60.0
_CLOSE_TIMEOUT = 5.0
_IDLE_TIMEOUT = 3600.0  # the driver keeps its sockets for the whole session


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=utf-8"


Answer = Callable[[str, str, bytes], Awaitable[Response]]
"""(method, path, body) → answer; raises ConnectionDroppedError to answer nothing."""


class HttpServer:
    """Serves one `Answer` until closed."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Listens on 127.0.0.1 and returns the port that was free."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stops listening and cuts all connections."""
        if self._server is not None:
            self._server.close()
        current = asyncio.current_task()
        open_ones = [task for task in self._connections if task is not current]
        for task in open_ones:
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)
        if self._server is not None:
            with suppress(TimeoutError):  # a peer that never closes must not hold us
                await asyncio.wait_for(self._server.wait_closed(), _CLOSE_TIMEOUT)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        try:
            with suppress(h11.RemoteProtocolError, OSError, TimeoutError, ConnectionDroppedError):
                while await self._answer_one(connection, reader, writer):
                    connection.start_next_cycle()
        finally:
            writer.transport.abort() if connection.their_state is h11.ERROR else writer.close()

    async def _answer_one(
        self, connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """One request and its answer; False when the connection is over."""
        request: h11.Request | None = None
        body = bytearray()
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                data = await asyncio.wait_for(reader.read(_CHUNK), _IDLE_TIMEOUT)
                connection.receive_data(data)
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > _MOST_BODY:
                    return False
            elif isinstance(event, h11.EndOfMessage) and request is not None:
                break
            else:
                return False
        response = await self._answer(request.method.decode(), request.target.decode(), bytes(body))
        headers = [
            ("Content-Type", response.content_type),
            ("Content-Length", str(len(response.body))),
        ]
        parts = [
            connection.send(h11.Response(status_code=response.status, headers=headers)),
            connection.send(h11.Data(data=response.body)),
            connection.send(h11.EndOfMessage()),
        ]
        writer.write(b"".join(part for part in parts if part))
        await asyncio.wait_for(writer.drain(), _WRITE_TIMEOUT)
        return connection.our_state is h11.DONE and connection.their_state is h11.DONE
