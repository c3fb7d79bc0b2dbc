"""App stand-ins with habits: pipelining, connections to spare, bodies without an end."""

from __future__ import annotations

import contextlib
import time

import h2.errors

from tests.faultlab.client import Route, raw, secured
from tests.faultlab.client_http2 import Session2


def pipelined(route: Route, host: str, *paths: str, seconds: float = 3.0) -> bytes:
    """All GETs at once on one connection; what came back until the last answer, or in time."""
    got = b""
    with raw(route, host) as sock:
        if sock is None:
            return got
        asked = [f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n" for path in paths]
        sock.sendall("".join(asked).encode())
        until = time.monotonic() + seconds
        while got.count(b"HTTP/1.1 ") < len(paths) and (left := until - time.monotonic()) > 0:
            sock.settimeout(left)
            piece = sock.recv(65536)
            if not piece:
                break
            got += piece
    return got


def spare_connections(route: Route, host: str, number: int = 3) -> None:
    """Handshakes for connections that are not needed after all: closed without a request."""
    for _ in range(number):
        with contextlib.suppress(OSError):
            secured(route, host, "http/1.1").close()
        time.sleep(0.1)


def unended_upload(route: Route, host: str, path: str, seconds: float) -> None:
    """HTTP/2: some of a body and never its end; the app cancels after `seconds`."""
    with contextlib.suppress(OSError):
        session = Session2(route, host)
        number = session.begin(path, "POST", b"u" * 900, ends=False, content_type="video/mp4")
        session.wait(number, seconds=seconds)
        session.cancel(number, h2.errors.ErrorCodes.CANCEL)
        session.wait(number, seconds=0.2)
        session.close()


def short_upload(route: Route, host: str, path: str) -> None:
    """HTTP/2: fewer bytes than content-length says, and the stream's end."""
    with contextlib.suppress(OSError):
        session = Session2(route, host)
        number = session.begin(path, "POST", b"u" * 20, content_length="900")
        session.wait(number, seconds=1.5)
        session.close()


def socket_talk(
    route: Route, host: str, *frames: bytes, path: str = "/ws", seconds: float = 1.5
) -> None:
    """Opens a WebSocket, sends these bytes, reads for so long and leaves by FIN."""
    with raw(route, host) as sock:
        if sock is None:
            return
        sock.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        time.sleep(0.4)
        for one in frames:
            sock.sendall(one)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            sock.settimeout(left)
            if not sock.recv(4096):
                return
