"""An origin that is connected to and never asked."""

from __future__ import annotations

import socket

from harness.recorder.canary_origin import CanaryOrigin


def test_it_takes_connections_and_ends_earlier_ones() -> None:
    origin = CanaryOrigin()
    with socket.create_connection(origin.address(), timeout=5) as first:
        assert origin.address() == first.getpeername()
        assert first.recv(1) == b"", "ended by the next use"
    origin.close()
    origin.close()
