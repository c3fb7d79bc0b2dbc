"""Look-ups in a tunnel."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest
from mitmproxy import dns
from mitmproxy.net.dns import classes, response_codes, types
from mitmproxy.test import tflow

from harness.domain.resolve import ResolveMap, parse_resolve
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.name_book import NameBook
from harness.recorder.name_server import NameServer
from tests.recorder.recording_stand_in import Kept

MAP = ResolveMap((parse_resolve("a.test:443:127.0.0.1:9"),))


class Resolver:
    """mitmproxy's."""

    async def dns_request(self, flow: dns.DNSFlow) -> None:
        record = dns.ResourceRecord.A("b.test", ipaddress.IPv4Address("10.1.1.1"))
        flow.response = flow.request.succeed([record])


def asked(name: str, kind: int, resolver: object | None = None) -> tuple[dns.DNSFlow, NameBook]:
    book = NameBook()
    server = NameServer(book, ConnectionTable())
    server.use(MAP, resolver)
    flow = tflow.tdnsflow()
    flow.request.questions = [dns.Question(name, kind, classes.IN)]
    asyncio.run(server.dns_request(flow))
    server.dns_response(flow)
    return flow, book


@pytest.mark.parametrize(
    ("name", "kind", "addresses"),
    [
        ("A.test", types.A, ["198.19.0.1"]),
        ("a.test", types.AAAA, []),
        ("b.test", types.A, ["10.1.1.1"]),
    ],
)
def test_from_the_map_else_by_mitmproxy(name: str, kind: int, addresses: list[str]) -> None:
    flow, book = asked(name, kind, Resolver())
    assert flow.response is not None
    assert [str(record.ipv4_address) for record in flow.response.answers] == addresses
    assert [book.name_of(address) for address in addresses] == [name.lower()] * len(addresses)


def test_without_a_resolver_nothing_else_is_answered() -> None:
    flow, _ = asked("b.test", types.A)
    assert flow.response is None


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (response_codes.NXDOMAIN, types.A, "Name or service not known"),
        (response_codes.SERVFAIL, types.A, "Temporary failure in name resolution"),
        (response_codes.SERVFAIL, types.AAAA, None),  # the other question tells it
        (None, types.A, "Temporary failure in name resolution"),
    ],
)
def test_a_name_that_was_not_found_is_a_connection_that_failed(
    code: int | None, kind: int, said: str | None
) -> None:
    table, kept = ConnectionTable(), Kept()
    table.recording = kept
    server = NameServer(NameBook(), table)
    flow = tflow.tdnsflow()
    flow.request.questions = [dns.Question("gone.test.", kind, classes.IN)]
    table.begin(flow.client_conn.id, None)
    if code is None:
        server.dns_error(flow)
    else:
        flow.response = flow.request.fail(code)
        server.dns_response(flow)
    table.end(flow.client_conn.id)
    found = [(f.host, f.port, f.connect_error) for kind, f in kept.seen if kind == "connection"]
    assert [error.partition("] ")[2] for _, _, error in found] == ([said] if said else [])
    assert {(host, port) for host, port, _ in found} <= {("gone.test", 443)}
