"""Origins that break below HTTP, and WebSockets."""

from __future__ import annotations

import pytest

from tests.faultlab import client
from tests.faultlab.conftest import Meet
from tests.faultlab.origin import Behaviour
from tests.faultlab.origin_raw import (
    close_in_handshake,
    close_on_accept,
    first_connections,
    late,
    mute,
    not_tls,
    reset_in_handshake,
    reset_on_accept,
    websocket,
)
from tests.faultlab.rows.making import API, below_tls, site


@pytest.mark.parametrize(
    "behaviour",
    [
        reset_on_accept,
        close_on_accept,
        reset_in_handshake,
        close_in_handshake,
        not_tls,
        late(0.05, not_tls),
        first_connections(1, close_on_accept, not_tls),
    ],
)
def test_no_handshake_comes_about(meet: Meet, behaviour: Behaviour) -> None:
    with meet(below_tls(API, behaviour)) as route, pytest.raises(OSError, match=r"."):
        client.secured(route, API, timeout=2.0)


def test_a_mute_origin_lets_the_handshake_time_out(meet: Meet) -> None:
    with meet(below_tls(API, mute)) as route, pytest.raises(TimeoutError):
        client.secured(route, API, timeout=0.3)


@pytest.mark.parametrize(
    ("ending", "last"),
    [("fine", b"\x88\x02\x03\xe8"), ("error", b"\x88\x02\x03\xf3"), ("fin", b""), ("rst", b"")],
)
def test_a_websocket_ends_as_ordered(meet: Meet, ending: str, last: bytes) -> None:
    got = b""
    with meet(site(API, websocket(ending))) as route, client.raw(route, API, 3.0) as sock:
        assert sock is not None
        sock.sendall(
            b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        while b"\x88\x02" not in got:
            try:
                more = sock.recv(4096)
            except OSError:
                break
            if not more:
                break
            got += more

    # The example of RFC 6455, section 1.3.
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in got
    assert got.endswith(last) if last else b"\x88\x02" not in got
