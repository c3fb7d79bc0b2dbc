"""A small HTTP/1.1 server on a free port of 127.0.0.1, for control addresses."""

from __future__ import annotations

import asyncio
import contextlib
import ssl

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config

from harness.simphone.service.ending import end_all
from harness.simphone.service.exchange import Asgi


class PlainServer:
    """Serves one ASGI application with hypercorn."""

    def __init__(self, app: Asgi) -> None:
        self._app = ASGIWrapper(app)  # pyright: ignore[reportArgumentType] - same shape, looser types
        self._config = Config()
        self._config.errorlog = None
        self._context = WorkerContext(None)
        self._server: asyncio.Server | None = None
        self._live: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Listens; returns the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Ends the listener and all connections."""
        if self._server is not None:
            self._server.close()
        await end_all(self._live)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._live.add(task)
            task.add_done_callback(self._live.discard)
        loop = asyncio.get_running_loop()
        with contextlib.suppress(ssl.SSLError, OSError):
            await TCPServer(self._app, loop, self._config, self._context, {}, reader, writer)
