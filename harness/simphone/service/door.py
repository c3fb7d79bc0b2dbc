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
    """What follows the ClientHello: answer, reset (TCP RST), silence, close (FIN), alert
    (internal_error), plain (an HTTP error in clear), or filtered: only handshakes that name
    the host are reset, as by something on the way that reads the name."""
    portal: bool = False
    """A captive portal stands in for the host."""
