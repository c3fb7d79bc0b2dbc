"""One HEAD on an open stream."""

from __future__ import annotations

import socket

import pytest

from harness.adapters.probe_http import ask


def _answered(data: bytes) -> int:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        status = ask(ours, "origin.example", "/x", lambda: 1.0)
        request = theirs.recv(4096)
    assert request.startswith(b"HEAD /x HTTP/1.1\r\nHost: origin.example\r\n")
    assert request.endswith(b"\r\n\r\n")
    return status


@pytest.mark.parametrize("status", [200, 404, 503])
def test_the_status_is_read(status: int) -> None:
    assert _answered(f"HTTP/1.1 {status} Some Words\r\nX: y\r\n\r\n".encode()) == status


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "closed without an answer"),
        (b"HTTP/1.1 2", "closed without an answer"),
        (b"SSH-2.0-x\r\n", "not HTTP"),
        (b"HTTP/1.1\r\n", "not HTTP"),
        (b"HTTP/1.1 abc\r\n", "not HTTP"),
        (b"x" * 70_000, "not HTTP"),
    ],
)
def test_what_is_no_answer(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        _answered(data)
