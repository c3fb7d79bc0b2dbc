"""Which side reset an HTTP/2 stream: mitmproxy's text says "by client" whoever it was.

mitmproxy's Http2Connection.handle_h2_event is wrapped (private, so only for the
versions that were looked at) and the connection on which the reset came in is noted.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import h2.events
from mitmproxy import version

KNOWN_VERSIONS = ("12.2.",)
_REMEMBERED = 256


class ResetSides:
    """The last reset of each app connection."""

    def __init__(self) -> None:
        self._sides: dict[str, str] = {}

    def note(self, client: str, side: str) -> None:
        """`side`: "app" or "origin"."""
        if len(self._sides) >= _REMEMBERED:
            self._sides.pop(next(iter(self._sides)))
        self._sides[client] = side

    def take(self, client: str, error: str) -> str | None:
        """The side that reset, for an error text that tells of a reset; else None."""
        text = error.lower()
        if "stream reset" in text or "connection closed: <connectionterminated" in text:
            return self._sides.pop(client, None)
        return None


def install(sides: ResetSides) -> Callable[[], None] | None:
    """Starts noting; returns what undoes it, or None where this mitmproxy is not known."""
    layer: Any = import_module("mitmproxy.proxy.layers.http._http2")
    connection: Any = getattr(layer, "Http2Connection", None)
    original: Any = getattr(connection, "handle_h2_event", None)
    if original is None or not version.VERSION.startswith(KNOWN_VERSIONS):
        return None

    def watched(self: Any, event: h2.events.Event) -> Any:  # noqa: ANN401 - mitmproxy's private types
        if isinstance(event, h2.events.StreamReset | h2.events.ConnectionTerminated):
            app = self.conn is self.context.client
            sides.note(self.context.client.id, "app" if app else "origin")
        return original(self, event)

    connection.handle_h2_event = watched

    def undo() -> None:
        connection.handle_h2_event = original

    return undo
