"""One `adb reverse` entry at work: a port of the phone that leads to the host."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable

from harness.simphone.adbd.bridge import bridge
from harness.simphone.adbd.stream import Stream
from harness.simphone.adbd.tasks import Tasks

OpenOnHost = Callable[[str], Awaitable[Stream | None]]
_BACKLOG = 128
_READ_LIMIT = 256 * 1024  # bytes
_PAUSE = 0.05  # seconds to wait when the process has no file descriptor left


class ReverseListener:
    """Listens on a free port of the host's loopback, which plays the phone's port.

    For each connection the host is asked to open `target`. Nothing is read
    from the app before the host agreed; if it refuses, the app's socket is
    closed unread (EOF, or a reset when the app has sent something), as on a phone.
    """

    def __init__(self, target: str, open_on_host: OpenOnHost) -> None:
        self.target = target
        self._open_on_host = open_on_host
        self._connections = Tasks()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
        self._socket.settimeout(0)
        self.os_port: int = self._socket.getsockname()[1]
        self._accepting = asyncio.get_running_loop().create_task(self._accept())

    def stop_listening(self) -> None:
        """Refuses new connections; open ones go on."""
        self._accepting.cancel()
        self._socket.close()

    async def abort(self) -> None:
        """Refuses new connections and breaks the open ones."""
        self.stop_listening()
        await self._connections.cancel()

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                app, _ = await loop.sock_accept(self._socket)
            except OSError:
                await asyncio.sleep(_PAUSE)
                continue
            app.settimeout(0)
            self._connections.spawn(self._connect(app), f"reverse to {self.target}")

    async def _connect(self, app: socket.socket) -> None:
        with contextlib.ExitStack() as until_bridged:
            until_bridged.callback(app.close)
            stream = await self._open_on_host(self.target)
            if stream is None:
                return
            until_bridged.callback(stream.abort)
            reader, writer = await asyncio.open_connection(sock=app, limit=_READ_LIMIT)
            until_bridged.pop_all()
        await bridge(stream, reader, writer)
