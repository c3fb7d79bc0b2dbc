"""The app's side of a connection: CONNECT, ClientHello, handshake, refusal, sizes."""

from __future__ import annotations

import time

from mitmproxy import connection, http, tcp
from mitmproxy.tls import ClientHelloData, TlsData

from harness.recorder.canary import is_canary
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.named_host import named_host

SMALLEST_REQUEST = 100
"""Bytes of one piece; the end of a handshake, a farewell and HTTP/2's own frames stay below."""


LARGEST_ALERT = 31
"""Bytes of a TLS alert with its record (RFC 5246: 5 + 8 + 2 + 16; RFC 8446: 24)."""


class AppSide:
    """Hooks that tell of the connection between the app and the proxy."""

    def __init__(self, table: ConnectionTable) -> None:
        self._table = table

    def client_connected(self, client: connection.Client) -> None:
        peer = f"{client.peername[0]}:{client.peername[1]}" if client.peername else None
        self._table.begin(client.id, peer)

    def client_disconnected(self, client: connection.Client) -> None:
        self._table.end(client.id)

    def http_connect(self, flow: http.HTTPFlow) -> None:
        if is_canary(flow):
            self._table.foreign(flow.client_conn.id, decided=True)  # ours: leaves no line
            return
        self._table.ask(flow.client_conn.id, flow.request.host, flow.request.port)

    def http_connect_error(self, flow: http.HTTPFlow) -> None:
        """The proxy's own answer to CONNECT: always 502, whatever failed."""
        status = flow.response.status_code if flow.response else None
        self._table.fail(flow.client_conn.id, connect_refused_status=status)

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        if is_canary(flow):
            return  # a connection of ours: without a host it leaves no line
        self._table.ask(flow.client_conn.id, named_host(flow.request), flow.request.port)

    def tls_clienthello(self, data: ClientHelloData) -> None:
        sni = data.client_hello.sni or None
        self._table.mark(data.context.client.id, hello=time.monotonic(), sni=sni)

    def tls_start_client(self, data: TlsData) -> None:
        self._table.mark(data.context.client.id, client_tls_begun=time.monotonic())

    def tls_established_client(self, data: TlsData) -> None:
        self._table.mark(
            data.context.client.id,
            client_tls_done=time.monotonic(),
            client_tls_version=data.conn.tls_version,
            client_alpn=data.conn.alpn.decode("ascii", "replace") if data.conn.alpn else None,
        )

    def tls_failed_client(self, data: TlsData) -> None:
        self._table.fail(
            data.context.client.id, client_tls_error=str(data.conn.error), ended_by="app"
        )

    def tcp_message(self, flow: tcp.TCPFlow) -> None:
        """Only the size is a fact: what passes undecoded is neither kept nor written."""
        message = flow.messages[-1]
        facts = self._table.facts(flow.client_conn.id)
        if facts is not None:
            size = len(message.content)
            if message.from_client:
                self._table.mark(facts.client, bytes_up=facts.bytes_up + size)
                if size >= SMALLEST_REQUEST:
                    self._table.mark(facts.client, asked_last=time.monotonic(), down_since_asked=0)
            else:
                since = facts.down_since_asked + (size if size > LARGEST_ALERT else 0)
                self._table.mark(
                    facts.client, bytes_down=facts.bytes_down + size, down_since_asked=since
                )
        flow.messages.clear()
