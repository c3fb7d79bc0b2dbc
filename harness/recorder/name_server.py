"""Answers the phone's look-ups in a tunnel: from the --resolve map, else as mitmproxy does."""

from __future__ import annotations

import ipaddress
from typing import Any

from mitmproxy import dns

from harness.domain.resolve import ResolveMap
from harness.recorder.name_book import NameBook


class NameServer:
    """mitmproxy's own resolver is asked last, because it waits for the real one."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
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
        if question.type == dns.types.A:
            address = ipaddress.IPv4Address(self._book.address_for(name))
            answers.append(dns.ResourceRecord.A(question.name, address))
        flow.response = flow.request.succeed(answers)

    def dns_response(self, flow: dns.DNSFlow) -> None:
        """What the phone was told names its next connections."""
        asked = flow.request.question
        if flow.response is None or asked is None:
            return
        for record in flow.response.answers:
            if record.type == dns.types.A:
                self._book.learn(str(record.ipv4_address), asked.name)
