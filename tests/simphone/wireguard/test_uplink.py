"""A tunnel that goes down ends what is in it."""

from __future__ import annotations

import asyncio

import pytest

from harness.simphone.wireguard.uplink import TunnelUplink
from tests.simphone.wireguard.test_tunnel import server


def test_closed_with_its_connections() -> None:
    async def run() -> None:
        async with server() as tunnel:
            way = TunnelUplink(tunnel)
            reader, _ = await way.open("198.19.0.1", 443)
            way.close()
            with pytest.raises(ConnectionError):
                await asyncio.wait_for(reader.read(), 5)

    asyncio.run(run())
