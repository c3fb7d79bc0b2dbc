"""A tunnel as the way out of those apps that are in it."""

from __future__ import annotations

import asyncio

from harness.simphone.network.addresses import is_address
from harness.simphone.wireguard.tunnel import Tunnel

SECONDS = 10.0
"""Until a connection is given up, as the phone's own."""


class TunnelUplink:
    """network.uplink.Uplink: names are looked up and connections made inside the tunnel."""

    def __init__(self, tunnel: Tunnel) -> None:
        self._tunnel = tunnel

    async def open(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        async with asyncio.timeout(SECONDS):
            address = host if is_address(host) else await self._tunnel.resolve(host)
            return await self._tunnel.open(address, port)

    def close(self) -> None:
        """The tunnel with all that is in it."""
        self._tunnel.stop()
