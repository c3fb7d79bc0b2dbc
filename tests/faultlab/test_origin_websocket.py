"""The frames that WebSocket origins of the lab send."""

from __future__ import annotations

import pytest

from tests.faultlab.client import raw
from tests.faultlab.conftest import Meet
from tests.faultlab.origin_websocket import HELLO, TEXT, closing, frame, socket_saying
from tests.faultlab.rows.making import API, site

_ASK = (
    f"GET /ws HTTP/1.1\r\nHost: {API}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
).encode()


@pytest.mark.parametrize(
    ("made", "bytes_"),
    [
        (frame(TEXT, b"hi"), HELLO),
        (frame(TEXT, b"ab", b"\x01\x02\x03\x04"), b"\x81\x82\x01\x02\x03\x04\x60\x60"),
        (closing(4001, b"bye"), b"\x88\x05\x0f\xa1bye"),
    ],
    ids=["text", "masked", "close"],
)
def test_a_frame_is_as_rfc_6455_has_it(made: bytes, bytes_: bytes) -> None:
    assert made == bytes_


@pytest.mark.parametrize(
    ("accept", "said"), [(None, b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), ("bm8=", b"bm8=")]
)
def test_the_frames_come_after_the_handshake(meet: Meet, accept: str | None, said: bytes) -> None:
    with (
        meet(site(API, socket_saying(HELLO, closing(1000), pause=0.05, accept=accept))) as route,
        raw(route, API) as sock,
    ):
        assert sock is not None
        sock.sendall(_ASK)
        got = b""
        while not got.endswith(closing(1000)):
            got += sock.recv(4096)

    head, _, frames = got.partition(b"\r\n\r\n")
    assert said in head
    assert frames == HELLO + closing(1000)
