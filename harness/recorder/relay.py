"""Passes a connection on undecrypted, and notes which side ended it.

By the time that mitmproxy's hooks tell of the end, both sides are closed; the layer that passes
the bytes sees who went first. A side that takes its leave in TLS (close_notify) waits for the
other to close the connection: the farewell counts, not the close.
"""

from __future__ import annotations

from collections.abc import Callable

from mitmproxy import connection
from mitmproxy.proxy import events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers import TCPLayer

FAREWELL = 24
"""Bytes of close_notify with its record in TLS 1.3 (RFC 8446: 5 + 2 + 1 + 16); the alert of TLS
1.2 is as long as HTTP/2's answer to SETTINGS, 31, and says nothing here."""

Ended = Callable[[str, str], None]
"""The app's connection, and "app" or "origin"."""


class Relay(TCPLayer):
    """mitmproxy's own, with an ear at the first end of a side. FIN and RST look alike."""

    def __init__(self, context: Context, ended: Ended, *, ignore: bool) -> None:
        """`ignore`: no hooks, so nothing of it is counted."""
        super().__init__(context, ignore=ignore)
        self._ended = ended
        self._over = False
        self._farewell: connection.Connection | None = None  # who has just sent no more than that

    def relay_messages(self, event: events.Event) -> layer.CommandGenerator[None]:
        """A side that is gone is told once."""
        if isinstance(event, events.DataReceived):
            self._farewell = event.connection if len(event.data) <= FAREWELL else None
        if isinstance(event, events.ConnectionClosed) and not self._over:
            self._over = True
            first = self._farewell or event.connection
            by_app = first is self.context.client
            self._ended(self.context.client.id, "app" if by_app else "origin")
        yield from super().relay_messages(event)
