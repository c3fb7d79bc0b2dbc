"""Questions and answers of the domain name system."""

from __future__ import annotations

import socket

import pytest
from mitmproxy import dns
from mitmproxy.net.dns import classes, response_codes, types

from harness.simphone.wireguard.names import answer, question


def asked(name: str = "api.test") -> dns.DNSMessage:
    return dns.DNSMessage.unpack(question(7, name))


def test_a_question_as_a_resolver_reads_it() -> None:
    message = asked()
    assert (message.id, message.query, message.recursion_desired) == (7, True, True)
    (one,) = message.questions
    assert (one.name, one.type, one.class_) == ("api.test", types.A, classes.IN)


def test_the_first_address_of_an_answer() -> None:
    import ipaddress

    records = [
        dns.ResourceRecord.CNAME("api.test", "edge.test"),
        dns.ResourceRecord.A("edge.test", ipaddress.IPv4Address("198.19.0.1")),
    ]
    assert answer(asked().succeed(records).packed) == (7, "198.19.0.1")


@pytest.mark.parametrize(
    ("code", "errno"),
    [
        (response_codes.NXDOMAIN, socket.EAI_NONAME),
        (response_codes.SERVFAIL, socket.EAI_AGAIN),
    ],
)
def test_a_failure_is_as_getaddrinfo_tells_it(code: int, errno: int) -> None:
    with pytest.raises(socket.gaierror) as caught:
        answer(asked().fail(code).packed)
    assert caught.value.errno == errno


def test_no_address_and_no_message() -> None:
    with pytest.raises(socket.gaierror, match="No address"):
        answer(asked().succeed([]).packed)
    for data in (b"", bytes([0, 7, 0x81, 0, 0, 1, 0, 0, 0, 0, 0, 0, 9])):
        with pytest.raises(ValueError, match=r"no DNS message|does not end"):
            answer(data)
