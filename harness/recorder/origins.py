"""The origin's side of a connection: name, TCP, handshake, early close."""

from __future__ import annotations

import time
from typing import Any

from mitmproxy.connection import ConnectionState
from mitmproxy.proxy.server_hooks import ServerConnectionHookData
from mitmproxy.tls import TlsData

from harness.adapters.proxy.canary_host import CANARY_ADDRESS
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.name_book import NameBook

_FRESH: dict[str, Any] = {
    "address": None,
    "connect_done": None,
    "connect_error": None,
    "server_tls_begun": None,
    "server_tls_done": None,
    "server_tls_error": None,
    "server_tls_version": None,
    "server_alpn": None,
    "ended_by": None,
}
"""An app's connection may get a new origin connection; the record tells of the last."""


class OriginSide:
    """Hooks that tell of the connection between the proxy and the origin."""

    def __init__(self, table: ConnectionTable, book: NameBook) -> None:
        self._table = table
        self._book = book

    def server_connect(self, data: ServerConnectionHookData) -> None:
        address = data.server.address
        if address is not None and address[0] != CANARY_ADDRESS:
            self._table.ask(data.client.id, self._book.name_of(address[0]), address[1])
        self._table.mark(data.client.id, connect_begun=time.monotonic(), **_FRESH)

    def server_connected(self, data: ServerConnectionHookData) -> None:
        peer = data.server.peername
        self._table.mark(
            data.client.id,
            connect_done=time.monotonic(),
            address=f"{peer[0]}:{peer[1]}" if peer else None,
        )

    def server_connect_error(self, data: ServerConnectionHookData) -> None:
        error = {"connect_error": str(data.server.error)}
        facts = self._table.facts(data.client.id)
        tunnel = facts is not None and facts.requests == 0 and facts.client_tls_done is None
        if tunnel and data.client.state is ConnectionState.OPEN:
            # http_connect_error follows at once: one line tells the cause and our answer.
            self._table.mark(data.client.id, **error)
        else:
            self._table.fail(data.client.id, **error)

    def server_disconnected(self, data: ServerConnectionHookData) -> None:
        facts = self._table.facts(data.client.id)
        if facts is None or data.client.state is not ConnectionState.OPEN:
            return
        early = facts.server_tls_begun is None and facts.requests == 0 and not facts.passed_through
        self._table.mark(
            data.client.id,
            origin_closed_early=facts.origin_closed_early or early,
            ended_by=facts.ended_by or "origin",
        )

    def tls_start_server(self, data: TlsData) -> None:
        facts = self._table.facts(data.context.client.id)
        gone = data.conn.state is not ConnectionState.OPEN
        self._table.mark(
            data.context.client.id,
            server_tls_begun=time.monotonic(),
            origin_closed_early=gone or (facts is not None and facts.origin_closed_early),
        )

    def tls_established_server(self, data: TlsData) -> None:
        self._table.mark(
            data.context.client.id,
            server_tls_done=time.monotonic(),
            server_tls_version=data.conn.tls_version,
            server_alpn=data.conn.alpn.decode("ascii", "replace") if data.conn.alpn else None,
        )

    def tls_failed_server(self, data: TlsData) -> None:
        self._table.fail(data.context.client.id, server_tls_error=str(data.conn.error))
