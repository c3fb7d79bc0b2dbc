"""Waits for the app's ClientHello where an origin speaks first on the TLS port.

Whatever an origin sends before the ClientHello is no TLS: an overloaded balancer's plain "503", the
banner of another service on the wrong port. mitmproxy takes such a connection for raw TCP and
passes it, so that only the app sees what is wrong. Here the choice waits until the app has said
what it wants; for TLS the origin's words are then read as its answer to the handshake, which fails
as it would in the app ("does not speak TLS"), and is recorded. Only for the port of HTTPS: other
protocols may have the origin greet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from mitmproxy import ctx, exceptions
from mitmproxy.connection import ConnectionState
from mitmproxy.net.tls import starts_like_tls_record
from mitmproxy.proxy import events
from mitmproxy.proxy.layer import NextLayer
from mitmproxy.tls import TlsData

from harness.recorder.connection_table import ConnectionTable

Deliver = Callable[[str, events.Event], None]
"""The app's connection and what is to happen on it."""

_TLS_PORT = 443
_ENOUGH = 3  # bytes that show whether it is TLS
_KEPT = 256
"""Connections whose origin's words wait for their handshake; it follows at once."""


class EarlySpeech:
    """Runs after our own choice and before mitmproxy's. Public API only."""

    def __init__(self, table: ConnectionTable) -> None:
        self._table = table
        self._words: dict[str, bytes] = {}  # by origin connection

    def next_layer(self, data: NextLayer) -> None:
        """Raises AddonHalt while nothing can be chosen: mitmproxy asks again at the next data."""
        words = data.data_server()
        if data.layer is not None or not words:
            return
        asked = self._table.asked(data.context.client.id)
        if asked is None or asked[1] != _TLS_PORT:
            return
        start = data.data_client()
        if len(start) < _ENOUGH:
            raise exceptions.AddonHalt
        if starts_like_tls_record(start):
            origin = data.context.server
            data.events[:] = [
                event
                for event in data.events
                if not (isinstance(event, events.DataReceived) and event.connection is origin)
            ]
            if origin.state is ConnectionState.OPEN:
                self.keep(origin.id, words)

    def keep(self, origin: str, words: bytes) -> None:
        """What this origin connection said before its handshake."""
        if len(self._words) >= _KEPT:
            self._words.pop(next(iter(self._words)))
        self._words[origin] = words

    def take(self, origin: str) -> bytes | None:
        """The same, once."""
        return self._words.pop(origin, None)


class EarlyAnswer:
    """Hands the words to the handshake once that has begun."""

    def __init__(self, speech: EarlySpeech, deliver: Deliver) -> None:
        self._speech = speech
        self._deliver = deliver

    def tls_start_server(self, data: TlsData) -> None:
        words = self._speech.take(data.conn.id)
        if words is not None:
            self._deliver(data.context.client.id, events.DataReceived(data.conn, words))


class Delivery:
    """Gives the connection of an app one more event, as mitmproxy's commands inject messages."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def __call__(self, client: str, event: events.Event) -> None:
        """After the hook that is under way has returned. Does nothing once the app has left."""
        asyncio.get_running_loop().call_soon(self._begin, client, event)

    def _begin(self, client: str, event: events.Event) -> None:
        server: Any = ctx.master.addons.get("proxyserver")
        handler: Any = server.connections.get(client) if server is not None else None
        if handler is None:
            return
        task: asyncio.Task[None] = asyncio.ensure_future(handler.server_event(event))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
