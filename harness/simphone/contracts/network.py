"""The phone's sockets."""

from __future__ import annotations

import asyncio
from typing import Protocol

from harness.simphone.contracts.spec import SYSTEM_UID


class ClosableUplink(Protocol):
    """What carries connections to anything but the phone's own loopback, for a while."""

    async def open(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError as a phone's `connect` would."""
        ...

    def close(self) -> None: ...


class NetworkStack(Protocol):
    """The phone's sockets: its own loopback, its resolver, its way out."""

    def listen(self, port: int, os_port: int) -> None:
        """Phone port → the host's loopback port that plays it (reverse, servers)."""
        ...

    def unlisten(self, port: int) -> None: ...
    def proxy(self) -> tuple[str, int] | None:
        """What `settings global http_proxy` says now; None when unset or `:0`."""
        ...

    async def connect(
        self, host: str, port: int, *, uid: int = SYSTEM_UID
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError as the phone would (ENETUNREACH in airplane mode, gaierror …).

        Loopback targets reach `listen`ed ports; names resolve by the simulated
        internet's map.
        """
        ...

    @property
    def tunnel(self) -> str | None:
        """The name of the VPN that is up; None without one."""
        ...

    def enter_tunnel(self, name: str, way: ClosableUplink, uids: frozenset[int]) -> None:
        """A VPN is up for the apps with these uids: their connections go `way`."""
        ...

    def leave_tunnel(self, name: str | None = None) -> None:
        """It is down; None = whichever is up."""
        ...

    def trusted_certificates(self) -> bytes:
        """PEM of what apps trust: the CA folder as the zygote namespace sees it."""
        ...

    def online(self, uid: int = SYSTEM_UID) -> bool:
        """Whether there is an active network that this app may use."""
        ...
