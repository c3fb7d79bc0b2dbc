"""The phone's Wi-Fi: an invented address in an invented network."""

from __future__ import annotations

import zlib

GATEWAY = "192.168.77.1"
"""Also the resolver that the network gives out."""
NETWORK = "192.168.77.0/24"
BROADCAST = "192.168.77.255"
HARDWARE = "02:15:b2:00:10:01"
GATEWAY_HARDWARE = "02:15:b2:00:00:01"


def address_of(name: str) -> str:
    """The address of the phone `name`; stable, different per name."""
    return f"192.168.77.{20 + zlib.crc32(name.encode()) % 200}"
