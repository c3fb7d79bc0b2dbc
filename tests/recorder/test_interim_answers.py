"""Interim answers before the answer."""

from __future__ import annotations

from typing import Any

import pytest
from h11._receivebuffer import ReceiveBuffer
from mitmproxy import version

from harness.recorder.interim_answers import install, interim_status, swallow


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n", 100),
        (b"HTTP/1.0 103\r\n", 103),
        (b"HTTP/1.1 199 x", 199),
        (b"HTTP/1.1 101 Switching Protocols\r\n", None),
        (b"HTTP/1.1 200 OK\r\n", None),
        (b"HTTP/1.1 10", None),
        (b"HTTP/1.1 1000 x", None),
        (b"", None),
    ],
)
def test_which_answers_are_interim(data: bytes, status: int | None) -> None:
    assert interim_status(data) == status


@pytest.mark.parametrize(
    ("data", "statuses", "left"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", [100], b"HTTP/1.1 200 OK\r\n"),
        (b"HTTP/1.1 103 x\r\nLink: y\r\n\r\nHTTP/1.1 102 z\r\n\r\n", [103, 102], b""),
        (b"HTTP/1.1 103 x\r\nLink: y\r\n", [], b"HTTP/1.1 103 x\r\nLink: y\r\n"),
        (b"HTTP/1.1 204 x\r\n\r\n", [], b"HTTP/1.1 204 x\r\n\r\n"),
    ],
)
def test_only_whole_heads_are_taken(data: bytes, statuses: list[int], left: bytes) -> None:
    buffer: Any = ReceiveBuffer()
    buffer += data
    assert list(swallow(buffer)) == statuses
    assert bytes(buffer) == left


def test_a_mitmproxy_that_nobody_looked_at_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "VERSION", "13.0.0")
    assert install() is None
