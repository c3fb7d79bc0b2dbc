"""App stand-ins over HTTP/1.1: they reach their hosts through the proxy by CONNECT.

None of them raises for what the network does: `Got` tells what the app would know.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

_RST = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Route:
    """How the app reaches the world. `ca` None: it trusts nobody."""

    host: str
    port: int
    ca: Path | None


@dataclass(frozen=True, slots=True)
class Got:
    """What a call brought."""

    status: int | None = None
    body: bytes = b""
    error: str | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])


def trusting(route: Route, *alpn: str) -> ssl.SSLContext:
    """A client context of an app that trusts the proxy's authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if route.ca is not None:
        context.load_verify_locations(route.ca)
    if alpn:
        context.set_alpn_protocols(list(alpn))
    return context


class ConnectRefusedError(OSError):
    """The proxy did not open the tunnel."""


def tunnel(route: Route, host: str, port: int = 443, timeout: float = 5.0) -> socket.socket:
    """A CONNECT tunnel before any TLS. Raises OSError."""
    sock = socket.create_connection((route.host, route.port), timeout=timeout)
    sock.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    got = b""
    while b"\r\n\r\n" not in got:
        more = sock.recv(4096)
        if not more:
            sock.close()
            raise ConnectRefusedError("closed during CONNECT")
        got += more
    status = int(got.split(b" ", 2)[1])
    if status != 200:
        sock.close()
        raise ConnectRefusedError(f"CONNECT refused: {status}")
    return sock


def secured(
    route: Route, host: str, *alpn: str, timeout: float = 5.0, hello_after: float = 0.0
) -> ssl.SSLSocket:
    """A TLS connection through the proxy. Raises OSError."""
    sock = tunnel(route, host, timeout=timeout)
    time.sleep(hello_after)
    try:
        return trusting(route, *alpn).wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise


@contextlib.contextmanager
def raw(route: Route, host: str, timeout: float = 5.0) -> Generator[ssl.SSLSocket | None]:
    """A TLS connection for bytes of one's own; None when it did not come up."""
    try:
        sock = secured(route, host, "http/1.1", timeout=timeout)
    except OSError:
        yield None
        return
    with sock, contextlib.suppress(OSError):
        yield sock


def reset(sock: socket.socket) -> None:
    """RST: the process died."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)
    sock.close()


class Session:
    """A keep-alive connection of the app to one host."""

    def __init__(
        self, route: Route, host: str, *, timeout: float = 8.0, plain: bool = False, port: int = 0
    ) -> None:
        self._host = host
        self._timeout = timeout
        self._http: HTTPConnection
        if plain:
            self._http = HTTPConnection(route.host, route.port, timeout=timeout)
            self._prefix = f"http://{host}:{port or 80}" if port else f"http://{host}"
        else:
            context = trusting(route, "http/1.1")
            self._http = HTTPSConnection(route.host, route.port, timeout=timeout, context=context)
            self._http.set_tunnel(host, port or 443)
            self._prefix = ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Got:
        """One call; the whole of it ends after the session's time-out."""
        fields = {key.replace("_", "-"): value for key, value in headers.items()}
        fields = {"Host": self._host, "Accept": "application/json"} | fields
        until = time.monotonic() + self._timeout
        try:
            self._http.request(method, self._prefix + path, body, fields)
            response = self._http.getresponse()
            got = bytearray()
            while piece := response.read1(65536):
                got += piece
                if time.monotonic() > until:
                    raise TimeoutError("the answer takes too long")
            named = {key.lower(): value for key, value in response.getheaders()}
            if response.length:
                raise HTTPException("the body is cut")
            return Got(response.status, bytes(got), None, named)
        except (OSError, HTTPException, ValueError) as error:
            self._http.close()
            return Got(error=f"{type(error).__name__}: {error}")

    def close(self) -> None:
        """FIN."""
        self._http.close()


def get(route: Route, host: str, path: str = "/v1/items", timeout: float = 8.0) -> Got:
    """One GET on a connection of its own."""
    return call(route, host, "GET", path, timeout=timeout)


def call(
    route: Route,
    host: str,
    method: str,
    path: str,
    body: bytes | None = None,
    timeout: float = 8.0,
    **headers: str,
) -> Got:
    """One call on a connection of its own."""
    session = Session(route, host, timeout=timeout)
    try:
        return session.ask(method, path, body, **headers)
    finally:
        session.close()


def post_json(route: Route, host: str, path: str, text: str = '{"a": 1}', **headers: str) -> Got:
    """One POST of JSON."""
    session = Session(route, host)
    try:
        fields = {"Content_Type": "application/json"} | headers
        return session.ask("POST", path, text.encode(), **fields)
    finally:
        session.close()


def upgrade(route: Route, host: str, path: str = "/ws", leaves_after: float | None = None) -> None:
    """Opens a WebSocket, answers a close frame; leaves without one after `leaves_after`."""
    with raw(route, host) as sock:
        if sock is None:
            return
        sock.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        until = time.monotonic() + (leaves_after or 3.0)
        while (left := until - time.monotonic()) > 0:
            sock.settimeout(left)
            data = sock.recv(4096)
            if not data:
                return
            if data[0] == 0x88 or b"\x88\x02" in data:
                sock.sendall(b"\x88\x82\x00\x00\x00\x00" + data[-2:])


def call_plain(route: Route, host: str, path: str, port: int = 80, timeout: float = 8.0) -> Got:
    """One GET over plain HTTP."""
    session = Session(route, host, timeout=timeout, plain=True, port=port)
    try:
        return session.ask("GET", path)
    finally:
        session.close()
