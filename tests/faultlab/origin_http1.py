"""What an origin does over HTTP/1.1: replies, and the ways to break them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus

from tests.faultlab.origin import Behaviour, Request, Wire

Reply = Callable[[Wire, Request], bool]
"""Answers one request; True = the connection goes on."""

FINE = {"status": "ok", "items": [{"id": 1, "name": "first"}, {"id": 2, "name": "second"}]}


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """A response head."""
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{key}: {value}" for key, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def answer(
    status: int = 200,
    body: bytes | str | Mapping[str, object] | None = None,
    kind: str | None = None,
    **headers: str,
) -> Reply:
    """A complete answer. Underscores in header names become hyphens."""
    if body is None:
        body = FINE
    if isinstance(body, bytes | str):
        raw = body.encode() if isinstance(body, str) else body
        kind = kind or "text/plain"
    else:
        raw = json.dumps(body).encode()
        kind = kind or "application/json"
    fields = {"Server": "lab-origin", "Content-Type": kind, "Content-Length": str(len(raw))}
    fields |= {key.replace("_", "-").title(): value for key, value in headers.items()}

    def reply(wire: Wire, request: Request) -> bool:
        data = head(status, fields)
        wire.send(data if request.method == "HEAD" else data + raw)
        return True

    return reply


def bare(status: int, **headers: str) -> Reply:
    """An answer that has no body by its nature (204, 304)."""
    fields = {"Server": "lab-origin"} | {
        key.replace("_", "-").title(): value for key, value in headers.items()
    }

    def reply(wire: Wire, request: Request) -> bool:
        wire.send(head(status, fields))
        return True

    return reply


def serve(reply: Reply, *, front: Reply | None = None) -> Behaviour:
    """Replies to each request in turn.

    `front` answers HEAD (what a passer-by asks); default: a plain 200. Give the same
    reply twice where the whole host is ill, not only the app's call.
    """
    door = front or answer(200, "", "text/plain")

    def behave(wire: Wire) -> None:
        while (request := wire.read_request()) is not None:
            chosen = door if request.method == "HEAD" else reply
            if not chosen(wire, request):
                return

    return behave


def after(seconds: float, reply: Reply) -> Reply:
    """The same, later."""

    def late(wire: Wire, request: Request) -> bool:
        wire.wait(seconds)
        return reply(wire, request)

    return late


def in_turn(*replies: Reply) -> Reply:
    """The first request gets the first reply, and so on; the last one stays."""
    key = object()

    def reply(wire: Wire, request: Request) -> bool:
        number = wire.counts.take(key)
        return replies[min(number, len(replies) - 1)](wire, request)

    return reply


def by_path(paths: Mapping[str, Reply], other: Reply | None = None) -> Reply:
    """By the path without its query; `other` defaults to a fine answer."""
    fallback = other or answer()

    def reply(wire: Wire, request: Request) -> bool:
        return paths.get(request.path.partition("?")[0], fallback)(wire, request)

    return reply


def hang(wire: Wire, request: Request) -> bool:
    """Never answers."""
    wire.wait_for_close()
    return False


def close_unanswered(wire: Wire, request: Request) -> bool:
    """FIN instead of an answer."""
    return False


def reset_unanswered(wire: Wire, request: Request) -> bool:
    """RST instead of an answer."""
    wire.reset()
    return False


def cut_body(sent: bytes, promised: int) -> Reply:
    """Promises `promised` bytes, sends `sent`, closes."""

    def reply(wire: Wire, request: Request) -> bool:
        fields = {"Server": "lab-origin", "Content-Type": "application/json"}
        wire.send(head(200, fields | {"Content-Length": str(promised)}) + sent)
        wire.wait(0.1)
        return False

    return reply


def chunked(*pieces: bytes, ends: bool = True, kind: str = "application/json") -> Reply:
    """A chunked body, complete or cut."""

    def reply(wire: Wire, request: Request) -> bool:
        fields = {"Server": "lab-origin", "Content-Type": kind, "Transfer-Encoding": "chunked"}
        wire.send(head(200, fields))
        for piece in pieces:
            wire.send(b"%x\r\n%s\r\n" % (len(piece), piece))
            wire.wait(0.02)
        if ends:
            wire.send(b"0\r\n\r\n")
        else:
            wire.wait(0.1)
        return ends

    return reply


def drip(total: int, rate: float, kind: str = "application/json") -> Reply:
    """`total` bytes at `rate` bytes a second."""

    def reply(wire: Wire, request: Request) -> bool:
        fields = {"Server": "lab-origin", "Content-Type": kind, "Content-Length": str(total)}
        wire.send(head(200, fields))
        for _ in range(int(total / rate * 10)):
            wire.send(b"x" * max(1, int(rate / 10)))
            wire.wait(0.1)
        return False

    return reply


def raw_bytes(data: bytes) -> Reply:
    """Whatever bytes, then FIN."""

    def reply(wire: Wire, request: Request) -> bool:
        wire.send(data)
        wire.wait(0.1)
        return False

    return reply


def compressed(coding: str, encode: Callable[[bytes], bytes] = gzip.compress) -> Reply:
    """The fine answer under a Content-Encoding."""
    return answer(
        200, encode(json.dumps(FINE).encode()), "application/json", content_encoding=coding
    )


def events(pause: float, count: int) -> Reply:
    """A server-sent event stream."""

    def reply(wire: Wire, request: Request) -> bool:
        wire.send(head(200, {"Content-Type": "text/event-stream", "Connection": "close"}))
        for number in range(count):
            wire.send(f"data: {number}\n\n".encode())
            wire.wait(pause)
        return False

    return reply


def redirect(to: str, status: int = 302) -> Reply:
    """A redirect without a body."""
    return answer(status, b"", "text/html", location=to)


def then_close(reply: Reply, seconds: float = 0.3) -> Reply:
    """Answers, and closes the idle connection a little later."""

    def closing(wire: Wire, request: Request) -> bool:
        reply(wire, request)
        wire.wait(seconds)
        return False

    return closing
