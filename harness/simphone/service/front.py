"""Listeners of the simulated hosts: one local port for each host and port.

Each connection first meets its host's `Door` (refused, reset in the handshake,
wrong certificate …); what gets through is served by hypercorn (HTTP/2 and 1.1).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.protocol.h2 import H2Protocol

from harness.simphone.network.internet import Endpoint
from harness.simphone.service.certificates import Certificates
from harness.simphone.service.ending import end_all
from harness.simphone.service.exchange import CONNECTION, Asgi, Connection, H2Wire
from harness.simphone.service.trouble import Trouble

ADDRESS = "127.0.0.1"
HANDSHAKE_SECONDS = 20.0
SILENCE_SECONDS = 120.0
INTERNAL_ERROR = bytes([21, 3, 3, 0, 2, 2, 80])
"""A fatal TLS alert in clear (RFC 8446, 6)."""
UNRECOGNIZED_NAME = bytes([21, 3, 3, 0, 2, 2, 112])


class Front:
    """All listeners; `ports` maps (host, port) to the local port that plays it."""

    def __init__(self, app: Asgi, trouble: Trouble, certificates: Certificates) -> None:
        self.ports: dict[Endpoint, int] = {}
        self._app = ASGIWrapper(app)  # pyright: ignore[reportArgumentType] - same shape, looser types
        self._trouble = trouble
        self._certificates = certificates
        self._config = Config()
        self._config.errorlog = None
        self._config.keep_alive_timeout = 60
        self._context = WorkerContext(None)
        self._servers: dict[Endpoint, asyncio.Server] = {}
        self._closed_doors: dict[Endpoint, socket.socket] = {}
        self._live: dict[asyncio.Task[None], Connection] = {}
        self._doors: dict[str, object] = {}
        self._changing: set[asyncio.Task[None]] = set()

    async def start(self, endpoints: list[Endpoint]) -> None:
        """Listens for each host and port on a free local port."""
        for endpoint in endpoints:
            await self._open(endpoint, 0)
            self._doors[endpoint[0]] = self._trouble.door(endpoint[0])
        self._trouble.subscribe(self._changed)

    async def stop(self) -> None:
        """Closes listeners and connections."""
        await self._settle()
        for server in self._servers.values():
            server.close()
        for sock in self._closed_doors.values():
            sock.close()
        for connection in self._live.values():
            connection.reset()
        await end_all(self._live)

    async def settled(self) -> None:
        """Waits until a change of trouble has taken effect on all listeners."""
        await self._settle()

    async def _open(self, endpoint: Endpoint, port: int) -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._accepted(endpoint, reader, writer)

        server = await asyncio.start_server(serve, ADDRESS, port, reuse_address=True)
        self._servers[endpoint] = server
        self.ports[endpoint] = int(server.sockets[0].getsockname()[1])

    def _changed(self) -> None:
        for endpoint in self.ports:
            door = self._trouble.door(endpoint[0])
            if door == self._doors[endpoint[0]] and door.listening == (endpoint in self._servers):
                continue
            task = asyncio.get_running_loop().create_task(
                self._switch(endpoint, listening=door.listening)
            )
            self._changing.add(task)
            task.add_done_callback(self._changing.discard)
        self._doors = {host: self._trouble.door(host) for host, _ in self.ports}

    async def _switch(self, endpoint: Endpoint, *, listening: bool) -> None:
        """Opens or refuses a host's port; connections of the old state end."""
        for connection in list(self._live.values()):
            if connection.host == endpoint[0]:
                connection.close()
        if not listening and endpoint in self._servers:
            self._servers.pop(endpoint).close()
            self._closed_doors[endpoint] = _bound(self.ports[endpoint])
        elif listening and endpoint in self._closed_doors:
            self._closed_doors.pop(endpoint).close()
            await self._open(endpoint, self.ports[endpoint])

    async def _settle(self) -> None:
        while self._changing:
            await asyncio.gather(*self._changing, return_exceptions=True)

    async def _accepted(
        self, endpoint: Endpoint, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        host, port = endpoint
        connection = Connection(host, writer)
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - start_server runs callbacks as tasks
        self._live[task] = connection
        try:
            if port == 80 or await self._shake_hands(connection, reader, writer):
                await self._serve(connection, reader, writer)
        finally:
            self._live.pop(task, None)
            writer.close()

    async def _shake_hands(
        self, connection: Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """TLS as the host's door says; False when there is nothing more to serve."""
        door = self._trouble.door(connection.host)
        if door.hello != "answer":
            await _refuse_hello(door.hello, connection, reader, writer)
            return False
        context = self._certificates.context(connection.host, door.certificate)
        try:
            await writer.start_tls(context, ssl_handshake_timeout=HANDSHAKE_SECONDS)
        except (OSError, ssl.SSLError):
            return False  # the other side refused our certificate or left
        return True

    async def _serve(
        self, connection: Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        loop = asyncio.get_running_loop()
        server = TCPServer(self._app, loop, self._config, self._context, {}, reader, writer)

        def wire() -> H2Wire | None:
            engine = server.protocol.protocol
            return H2Wire(engine) if isinstance(engine, H2Protocol) else None

        connection.h2 = wire
        CONNECTION.set(connection)
        with contextlib.suppress(ssl.SSLError, OSError):  # aborts by either side end it so
            await server


async def _refuse_hello(
    how: str, connection: Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """No handshake; `how` as in `Door.hello`."""
    hello = await reader.read(4096)
    if how == "silence":
        await asyncio.sleep(SILENCE_SECONDS)
    elif how == "alert" or (how == "filtered" and connection.host.encode() not in hello):
        writer.write(INTERNAL_ERROR if how == "alert" else UNRECOGNIZED_NAME)
    elif how == "plain":
        writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    elif how != "close":
        connection.reset()
        return
    with contextlib.suppress(OSError):
        await writer.drain()
    connection.close()


def _bound(port: int) -> socket.socket:
    """A socket that keeps `port` without listening, so that connections are refused."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((ADDRESS, port))
    return sock
