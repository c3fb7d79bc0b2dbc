"""Origins that say more, or earlier, than mitmproxy expects: through the real mitmdump."""

from __future__ import annotations

import ssl
import time
from collections.abc import Generator

import pytest

from tests.recorder.faulty_origin import Origin
from tests.recorder.mitmdump_lab import Lab, start


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Generator[Origin]:
    made = Origin(tmp_path_factory.mktemp("origin"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def lab(origin: Origin, tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    made = start(tmp_path_factory.mktemp("lab"), origin, auto_pass_after=2)
    yield made
    made.proxy.stop()


def test_interim_answers_are_not_the_answer(lab: Lab) -> None:
    with lab.client() as client:
        for number in range(2):  # on one connection
            answer = client.get(f"https://api.test/interim/{number}")
            assert (answer.status_code, answer.json()) == (200, {"ok": 1})
    first, second = lab.exchange("/interim/0"), lab.exchange("/interim/1")
    assert (first.status, first.error, first.body) == (200, None, "json")
    assert (second.client, second.ordinal) == (first.client, 2)


def test_a_websocket_closed_with_1014_is_told_so(lab: Lab) -> None:
    raw, _ = lab.tunnel("api.test")
    context = ssl.create_default_context(cafile=str(lab.proxy.address.ca_certificate))
    with context.wrap_socket(raw, server_hostname="api.test") as tls:
        tls.sendall(
            b"GET /socket HTTP/1.1\r\nHost: api.test\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        got = b""
        while not got.endswith(b"later"):
            got += tls.recv(4096)
    assert got.endswith(b"\x88\x0b\x03\xf6try later"), "the app gets what was sent"
    seen = lab.exchange("/socket")
    assert (seen.websocket_close, seen.websocket_closed_by) == (1014, "origin")


@pytest.mark.parametrize("host", ["greets.test", "leaves.test"])
def test_an_origin_that_speaks_first_speaks_no_tls(lab: Lab, host: str) -> None:
    raw, answer = lab.tunnel(host)
    assert answer.endswith(b"\r\n\r\n"), "the origin's words are not passed to the app"
    time.sleep(0.2)
    context = ssl.create_default_context(cafile=str(lab.proxy.address.ca_certificate))
    with context.wrap_socket(raw, server_hostname=host) as tls:
        tls.sendall(f"GET /greeted HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert b" 502 " in tls.recv(4096)
    failed = lab.exchange("/greeted", host=host)
    seen = lab.connection(host, client=failed.client)
    assert seen.server_tls_error is not None
    assert "does not speak TLS" in seen.server_tls_error
    assert failed.error == seen.server_tls_error


def test_an_app_that_leaves_an_origin_that_speaks_first(lab: Lab) -> None:
    raw, _ = lab.tunnel("greets.test")
    time.sleep(0.2)
    raw.close()
    seen = lab.connection("greets.test", hello=None)
    assert seen.connect_done is not None
    assert (seen.requests, seen.server_tls_error) == (0, None)
