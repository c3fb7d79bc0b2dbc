"""Works around mitmproxy's eager stall.

With connection_strategy=eager, an origin that closes before the app's ClientHello makes
mitmproxy 12.2 wait until tcp_timeout (600 s): a server that closed at once looks like
one that hangs. If the origin connection is half closed already, the handshake with it
is not made first; the request then opens a new one and fails or works in the ordinary
way. Must run after mitmproxy's TlsConfig, which sets the flag: add it last.
"""

from __future__ import annotations

from collections.abc import Callable

from mitmproxy.connection import ConnectionState
from mitmproxy.tls import ClientHelloData


class StallGuard:
    """Public API only."""

    def __init__(self, closed_early: Callable[[str], None]) -> None:
        """`closed_early` is told of each connection whose origin was gone that soon."""
        self._closed_early = closed_early

    def tls_clienthello(self, data: ClientHelloData) -> None:
        server = data.context.server
        if not data.establish_server_tls_first or server.timestamp_start is None:
            return
        if not server.state & ConnectionState.CAN_READ:
            data.establish_server_tls_first = False
            self._closed_early(data.context.client.id)
