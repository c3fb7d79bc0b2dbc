"""HTTP/1.1 origins with rarer ways: lengths that lie, 408 on idle connections, ranges."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import Reply, answer, head, in_turn


def said_408_when_idle(reply: Reply, seconds: float = 0.5) -> Reply:
    """Answers; a little later 408 without having been asked, and the end, as HAProxy does."""

    def ending(wire: Wire, request: Request) -> bool:
        reply(wire, request)
        wire.wait(seconds)
        wire.send(head(408, {"Content-Length": "0", "Connection": "close"}))
        return False

    return ending


def longer_than_said(body: bytes, promised: int) -> Reply:
    """More bytes than Content-Length says."""

    def reply(wire: Wire, request: Request) -> bool:
        fields = {"Server": "lab-origin", "Content-Type": "application/json"}
        wire.send(head(200, fields | {"Content-Length": str(promised)}) + body)
        wire.wait(0.1)
        return False

    return reply


def stalls(sent: bytes, promised: int) -> Reply:
    """Promises `promised` bytes, sends `sent`, and then nothing; the connection stays."""

    def reply(wire: Wire, request: Request) -> bool:
        fields = {"Server": "lab-origin", "Content-Type": "application/json"}
        wire.send(head(200, fields | {"Content-Length": str(promised)}) + sent)
        wire.wait_for_close()
        return False

    return reply


def broken_record(wire: Wire, request: Request) -> bool:
    """A TLS record that no key opens, in place of an answer."""
    os.write(wire.sock.fileno(), b"\x17\x03\x03\x00\x30" + b"\xa5" * 48)
    wire.wait(0.3)
    return False


def by_method(methods: Mapping[str, Reply], other: Reply | None = None) -> Reply:
    """By the method; `other` defaults to a fine answer."""
    fallback = other or answer()

    def reply(wire: Wire, request: Request) -> bool:
        return methods.get(request.method, fallback)(wire, request)

    return reply


def alternating(*replies: Reply, rounds: int = 8) -> Reply:
    """One after the other, again and again, as behind a balancer with unequal nodes."""
    return in_turn(*replies * rounds)


def ranged(total: int, kind: str = "video/mp4") -> Reply:
    """A file of `total` bytes: 206 for a range of it, 416 for one beyond its end, else 200."""

    def reply(wire: Wire, request: Request) -> bool:
        asked = request.headers.get("range", "")
        if not asked:
            return answer(200, b"v" * total, kind, accept_ranges="bytes")(wire, request)
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin, end = int(first), min(int(last or total - 1), total - 1)
        if begin >= total:
            return answer(416, b"", kind, content_range=f"bytes */{total}")(wire, request)
        said = f"bytes {begin}-{end}/{total}"
        return answer(206, b"v" * (end - begin + 1), kind, content_range=said)(wire, request)

    return reply
