"""Answers the phone's look-ups in a tunnel: from the --resolve map, else as mitmproxy does."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any

from mitmproxy import dns
from mitmproxy.net.dns import response_codes, types

from harness.domain.resolve import ResolveMap
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.name_book import NameBook

NAME_UNKNOWN = f"[Errno {socket.EAI_NONAME}] Name or service not known"
RESOLVER_FAILED = f"[Errno {socket.EAI_AGAIN}] Temporary failure in name resolution"
"""As a look-up of our own would fail."""
HTTPS_PORT = 443
"""A question names no port; apps ask for the one of HTTPS."""


class NameServer:
    """mitmproxy's own resolver is asked last, because it waits for the real one."""

    def __init__(self, book: NameBook, table: ConnectionTable) -> None:
        self._book = book
        self._table = table
        self._mapped: frozenset[str] = frozenset()
        self._resolver: Any = None

    def use(self, resolve: ResolveMap, resolver: Any) -> None:  # noqa: ANN401 - mitmproxy's addon
        """`resolver`: mitmproxy's, taken out of its own order; None = nobody else answers."""
        self._mapped = frozenset(rule.host.lower() for rule in resolve.rules)
        self._resolver = resolver

    async def dns_request(self, flow: dns.DNSFlow) -> None:
        question = flow.request.question
        name = question.name.lower().rstrip(".") if question is not None else ""
        if question is None or name not in self._mapped:
            if self._resolver is not None:
                await self._resolver.dns_request(flow)
            return
        answers: list[dns.ResourceRecord] = []
        if question.type == types.A:
            address = ipaddress.IPv4Address(self._book.address_for(name))
            answers.append(dns.ResourceRecord.A(question.name, address))
        flow.response = flow.request.succeed(answers)

    def dns_response(self, flow: dns.DNSFlow) -> None:
        """What the phone was told names its next connections; what it was not told ends here."""
        asked, answer = flow.request.question, flow.response
        if answer is None or asked is None:
            return
        for record in answer.answers:
            if record.type == types.A:
                self._book.learn(str(record.ipv4_address), asked.name)
        if answer.response_code == response_codes.NXDOMAIN:
            self._failed(flow, NAME_UNKNOWN)
        elif answer.response_code != response_codes.NOERROR:
            self._failed(flow, RESOLVER_FAILED)

    def dns_error(self, flow: dns.DNSFlow) -> None:
        """Nobody could be asked."""
        self._failed(flow, RESOLVER_FAILED)

    def _failed(self, flow: dns.DNSFlow, error: str) -> None:
        """Written down as the connection that the app could not even ask for."""
        asked = flow.request.question
        if asked is not None and asked.type == types.A:
            client = flow.client_conn.id
            self._table.ask(client, asked.name.rstrip("."), HTTPS_PORT)
            self._table.fail(client, connect_begun=time.monotonic(), connect_error=error)
