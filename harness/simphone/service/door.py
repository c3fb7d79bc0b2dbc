"""How one host meets a connection, before any request: listening, TLS, certificate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Door:
    """State of one host's listener; the default is a healthy host."""

    listening: bool = True
    """False: connections are refused (nothing listens)."""
    certificate: str = "good"
    """A kind of `certificates.Certificates`."""
    hello: str = "answer"
    """What follows the ClientHello: answer, reset (TCP RST) or silence."""
    portal: bool = False
    """A captive portal stands in for the host."""
