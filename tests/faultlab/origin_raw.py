"""What an origin does below HTTP: before and during TLS, and as a WebSocket."""

from __future__ import annotations

import base64
import hashlib
import socket

from tests.faultlab.origin import Behaviour, Request, Wire
from tests.faultlab.origin_http1 import Reply, head

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


def reset_on_accept(wire: Wire) -> None:
    """RST straight after the connection."""
    wire.reset()


def close_on_accept(wire: Wire) -> None:
    """FIN straight after the connection."""


def reset_in_handshake(wire: Wire) -> None:
    """RST when the ClientHello has come."""
    wire.receive()
    wire.reset()


def close_in_handshake(wire: Wire) -> None:
    """FIN when the ClientHello has come."""
    wire.receive()


def mute(wire: Wire) -> None:
    """Accepts and never says a word."""
    wire.wait_for_close()


def not_tls(wire: Wire) -> None:
    """A plain HTTP server on the TLS port."""
    wire.receive()
    wire.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def tls_alert(number: int) -> Behaviour:
    """A fatal alert in clear in answer to the ClientHello."""

    def behave(wire: Wire) -> None:
        wire.receive()
        wire.send(bytes([21, 3, 3, 0, 2, 2, number]))
        wire.wait(0.1)

    return behave


def cut_by_name(name: str, cut: Behaviour) -> Behaviour:
    """A filter on the way: handshakes that name the host fare ill, others reach its server,
    which knows no other name (alert 112)."""

    def behave(wire: Wire) -> None:
        hello = wire.sock.recv(65536, socket.MSG_PEEK)
        (cut if name.encode() in hello else tls_alert(112))(wire)

    return behave


def late(seconds: float, behaviour: Behaviour) -> Behaviour:
    """The same, `seconds` after the connection came up."""

    def behave(wire: Wire) -> None:
        wire.wait(seconds)
        behaviour(wire)

    return behave


def first_connections(number: int, ill: Behaviour, well: Behaviour) -> Behaviour:
    """The first `number` connections fare ill, the later ones well."""

    def behave(wire: Wire) -> None:
        (ill if wire.ordinal <= number else well)(wire)

    return behave


def _frame(opcode: int, payload: bytes) -> bytes:
    return bytes([0x80 | opcode, len(payload)]) + payload


def websocket(ending: str) -> Reply:
    """Accepts a WebSocket and sends one text frame; then by `ending`:

    fin, rst: no close frame; fine: close 1000; error: close 1011; echo_wait: waits
    for the app to leave.
    """

    def reply(wire: Wire, request: Request) -> bool:
        key = request.headers.get("sec-websocket-key", "")
        digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
        fields = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Accept": base64.b64encode(digest).decode(),
        }
        wire.send(head(101, fields))
        wire.send(_frame(1, b'{"event":"hello"}'))
        wire.wait(0.2)
        if ending in {"fine", "error"}:
            code = 1000 if ending == "fine" else 1011
            wire.send(_frame(8, code.to_bytes(2, "big")))
            wire.wait_for_close()
        elif ending == "rst":
            wire.reset()
        elif ending == "echo_wait":
            wire.wait_for_close()
        return False

    return reply
