"""A CONNECT relay that changes nothing: lets the stand-ins be tried without mitmproxy."""

from __future__ import annotations

import contextlib
import select
import socket
from collections.abc import Generator, Iterable

from tests.faultlab.origin import Origin, Wire


def _places(rules: Iterable[str]) -> dict[str, tuple[str, int]]:
    places: dict[str, tuple[str, int]] = {}
    for rule in rules:
        host, port, address, to_port = rule.split(":")
        places[f"{host}:{port}"] = (address, int(to_port))
    return places


def _copy(left: socket.socket, right: socket.socket) -> None:
    """Until one side ends."""
    while True:
        ready, _, _ = select.select([left, right], [], [], 10.0)
        if not ready:
            return
        for sock in ready:
            data = sock.recv(65536)
            if not data:
                return
            (right if sock is left else left).sendall(data)


@contextlib.contextmanager
def relaying(rules: Iterable[str]) -> Generator[int]:
    """Yields the relay's port. `rules` as `--resolve` has them, IPv4 or names."""
    places = _places(rules)

    def behave(wire: Wire) -> None:
        request = wire.read_request()
        if request is None:
            return
        try:
            onward = socket.create_connection(places[request.path], timeout=3.0)
        except OSError:
            wire.send(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        with onward:
            wire.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _copy(wire.sock, onward)

    relay = Origin(behave, None)
    try:
        yield relay.port
    finally:
        relay.close()
