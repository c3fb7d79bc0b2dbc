"""Fidelity: what works without the proxy works through it, and others' traffic is left alone."""

from __future__ import annotations

import base64
import gzip
import hashlib
import ssl
import threading
import time
from pathlib import Path

import pytest

from tests.faultlab.certificates import TlsPlan
from tests.faultlab.client import get, raw, tunnel
from tests.faultlab.client_http2 import grpc_call
from tests.faultlab.origin import Origin, Request, Wire
from tests.faultlab.origin_http1 import answer, head, raw_bytes, serve
from tests.faultlab.origin_http2 import grpc
from tests.faultlab.rows.making import API, site, site2
from tests.faultlab.through import through

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def echo(wire: Wire, request: Request) -> bool:
    """A WebSocket that sends every frame back, unmasked, until a close frame."""
    digest = hashlib.sha1(
        (request.headers["sec-websocket-key"] + GUID).encode(), usedforsecurity=False
    ).digest()
    accept = base64.b64encode(digest).decode()
    fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept}
    wire.send(head(101, fields))
    while data := wire.receive():
        opcode, length, mask = data[0] & 15, data[1] & 127, data[2:6]
        payload = bytes(b ^ mask[i % 4] for i, b in enumerate(data[6 : 6 + length]))
        wire.send(bytes([0x80 | opcode, length]) + payload)
        if opcode == 8:
            break
    return False


def frame(opcode: int, payload: bytes) -> bytes:
    """Masked with zeros, as only an app's frames are masked."""
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + bytes(4) + payload


def test_a_websocket_talks_both_ways_and_no_word_is_kept(tmp_path: Path) -> None:
    with through(tmp_path, [site(API, echo)]) as lab:
        with raw(lab.route, API) as sock:
            assert sock is not None
            sock.sendall(
                f"GET /ws HTTP/1.1\r\nHost: {API}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            assert b" 101 " in sock.recv(4096)
            for text in (b"hello there", b"\xff\x00binary"):
                opcode = 1 if text.isascii() else 2
                sock.sendall(frame(opcode, text))
                assert sock.recv(4096)[2:] == text
            sock.sendall(frame(8, (1000).to_bytes(2, "big")))
            sock.recv(4096)
        lab.proxy.stop()
        (seen,) = lab.exchanges()
        assert (seen.status, seen.websocket_close) == (101, 1000)
        assert b"hello there" not in lab.written()


def test_grpc_keeps_its_trailers(tmp_path: Path) -> None:
    with through(tmp_path, [site2(API, grpc(7, "no", body=b"payload"))]) as lab:
        stream = grpc_call(lab.route, API)
        lab.proxy.stop()
        assert stream is not None
        assert bytes(stream.body).endswith(b"payload")
        assert stream.trailers["grpc-status"] == "7"
        (seen,) = lab.exchanges()
        assert (seen.grpc_status, seen.http_version) == (7, "HTTP/2.0")


def test_a_body_arrives_while_it_is_sent(tmp_path: Path) -> None:
    go_on = threading.Event()

    def halting(wire: Wire, _request: Request) -> bool:
        wire.send(head(200, {"Content-Type": "video/mp4", "Content-Length": "2000000"}))
        wire.send(b"a" * 1_000_000)
        go_on.wait(20)
        wire.send(b"b" * 1_000_000)
        return True

    with through(tmp_path, [site(API, halting)]) as lab, raw(lab.route, API, 10.0) as sock:
        assert sock is not None
        sock.sendall(f"GET /v HTTP/1.1\r\nHost: {API}\r\n\r\n".encode())
        got = b""
        while got.count(b"a") < 1_000_000:
            got += sock.recv(65536)
        go_on.set()
        while got.count(b"b") < 1_000_000:
            got += sock.recv(65536)


SLOPPY = {
    "a blank in a name": b"HTTP/1.1 200 OK\r\nX Bad: 1\r\nContent-Length: 2\r\n\r\nok",
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
    "bytes not ASCII": b"HTTP/1.1 200 OK\r\nX-Name: z\xfcrich\r\nContent-Length: 2\r\n\r\nok",
    "an empty value": b"HTTP/1.1 200 OK\r\nX-Empty:\r\nContent-Length: 2\r\n\r\nok",
    "ended by closing": b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nok",
    "a large header": b"HTTP/1.1 200 OK\r\nX-Large: %b\r\nContent-Length: 2\r\n\r\nok"
    % (b"x" * 40_000),
}
"""Answers that apps take although they are no good HTTP. (Not one with two equal lengths:
mitmproxy 12.2 cannot be told to let it pass.)"""


@pytest.mark.parametrize("name", SLOPPY)
def test_a_sloppy_answer_that_works_without_us_works_through_us(name: str, tmp_path: Path) -> None:
    with through(tmp_path, [site(API, raw_bytes(SLOPPY[name]))]) as lab:
        with raw(lab.route, API) as sock:
            assert sock is not None
            sock.sendall(f"GET / HTTP/1.1\r\nHost: {API}\r\n\r\n".encode())
            got = b""
            while more := sock.recv(65536):
                got += more
        lab.proxy.stop()
        assert got.split(b" ")[1][:3] == b"200"
        assert got.endswith(b"ok")
        assert [(seen.status, seen.error) for seen in lab.exchanges()] == [(200, None)]


BOMB = gzip.compress(bytes(80_000_000), mtime=0)
"""A thousand times as large as it looks."""


def bomb(wire: Wire, _request: Request) -> bool:
    fields = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    wire.send(head(200, {**fields, "Content-Length": str(len(BOMB))}) + BOMB)
    return True


def test_a_zip_bomb_passes_and_is_not_unpacked(tmp_path: Path) -> None:
    with through(tmp_path, [site(API, bomb)]) as lab:
        begun = time.monotonic()
        got = get(lab.route, API)
        took = time.monotonic() - begun
        lab.proxy.stop()
        (seen,) = lab.exchanges()
        assert (got.status, len(got.body), seen.status) == (200, len(BOMB), 200)
        assert seen.body != "json"
        assert took < 5
        assert len(lab.written()) < 1_000_000


def test_other_apps_traffic_passes_untouched_and_unrecorded(tmp_path: Path) -> None:
    bank = "api.bank.example"
    with through(tmp_path, [site(API)], profile="tiktok", foreign_hosts="pass") as lab:
        # Not in the resolve map: what a map names counts as the app's own.
        origin = Origin(serve(answer()), lab.authorities.context(bank, TlsPlan()))
        own = ssl.create_default_context(cafile=str(lab.authorities.trusted))  # without ours
        try:
            raw_sock = tunnel(lab.route, "127.0.0.1", origin.port)
            with own.wrap_socket(raw_sock, server_hostname=bank) as sock:
                sock.sendall(f"GET /balance HTTP/1.1\r\nHost: {bank}\r\n\r\n".encode())
                assert b" 200 " in sock.recv(65536)
        finally:
            origin.close()
        lab.proxy.stop()
        assert bank.encode() not in lab.written()
        assert b"balance" not in lab.written()
