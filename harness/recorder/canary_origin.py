"""The other end of our own request, for phones whose connections come to us by address.

mitmproxy connects to the origin before it reads a request; this is an origin that is never
asked, because the recorder answers.
"""

from __future__ import annotations

import contextlib
import socket


class CanaryOrigin:
    """Listens on the loopback from its first use on."""

    def __init__(self) -> None:
        self._listener: socket.socket | None = None

    def address(self) -> tuple[str, int]:
        """Where to connect to; connections of earlier requests are ended. Raises OSError."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", 0))
            self._listener.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
        host, port = self._listener.getsockname()
        return host, port

    def close(self) -> None:
        """Can be repeated."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
