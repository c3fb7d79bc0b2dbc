"""The phone's network stack: loopback, proxy setting, resolver, the way out."""

from __future__ import annotations

import asyncio
import errno
import socket

from harness.simphone.contracts import SYSTEM_UID, FileSystem, Settings
from harness.simphone.contracts.network import ClosableUplink
from harness.simphone.network.addresses import is_address
from harness.simphone.network.firewall import Firewall
from harness.simphone.network.internet import NO_ADDRESS, Internet
from harness.simphone.network.tcp_sockets import LOOPBACK as HERE
from harness.simphone.network.tcp_sockets import TcpSockets
from harness.simphone.network.trust import trusted_pem
from harness.simphone.network.udp_sockets import UdpSockets
from harness.simphone.network.uplink import StraightUplink, Uplink, open_local
from harness.simphone.network.way_out import Radios, WayOut

QUIC_PORT = 443
QUIC_SECONDS = 3.0
"""What an app's own stack waits for QUIC before it takes TCP, where packets are dropped; behind
an HTTP proxy it does not try QUIC at all."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class PhoneNetwork:
    """`contracts.NetworkStack` over the host's loopback; nothing leaves this machine."""

    def __init__(
        self,
        settings: Settings,
        fs: FileSystem,
        conditions: Radios,
        internet: Internet,
        firewall: Firewall | None = None,
    ) -> None:
        self.way_out = WayOut()
        self.udp = UdpSockets()
        self.tcp = TcpSockets()
        self.uplink: Uplink = StraightUplink(internet)
        self._tunnel: tuple[str, ClosableUplink, frozenset[int]] | None = None
        self._conditions = conditions
        self._settings = settings
        self._fs = fs
        self._internet = internet
        self._firewall = firewall or Firewall()
        self._listening: dict[int, int] = {}

    def listen(self, port: int, os_port: int) -> None:
        self._listening[port] = os_port

    def unlisten(self, port: int) -> None:
        self._listening.pop(port, None)

    def local_port(self, port: int) -> int | None:
        """The host's port that plays `port` of the phone's loopback, if anything listens."""
        return self._listening.get(port)

    def tcp_table(self) -> bytes:
        """/proc/net/tcp."""
        return self.tcp.table(self._listening)

    def proxy(self) -> tuple[str, int] | None:
        value = self._settings.get("global", "http_proxy")
        if not value or value == "null":
            return None
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or port == "0":
            return None
        return host, int(port)

    def online(self, uid: int = SYSTEM_UID) -> bool:
        """Whether Android has an active network (validated or not) for this app."""
        return self._conditions.online and not self._firewall.blocks(uid)

    def trusted_certificates(self) -> bytes:
        return trusted_pem(self._fs)

    async def connect(
        self,
        host: str,
        port: int,
        *,
        uid: int = SYSTEM_UID,
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._firewall.blocks(uid):
            if host not in LOOPBACK and not is_address(host):
                raise socket.gaierror(NO_ADDRESS, "No address associated with hostname")
            raise PermissionError(errno.EPERM, f"Operation not permitted: {host}:{port}")
        if host in LOOPBACK:
            local = self._listening.get(port)
            if local is None:
                raise ConnectionRefusedError(
                    errno.ECONNREFUSED, f"Connection refused: {host}:{port}"
                )
            streams = await open_local("127.0.0.1", local)
            self.tcp.opened(uid, (HERE, port), streams[1])
            return streams
        self._check_route(host)
        if self.way_out.quic_dropped and port == QUIC_PORT and uid != SYSTEM_UID:
            with self.udp.connected(uid, self._internet.address_of(host), port):
                await asyncio.sleep(QUIC_SECONDS)  # it tries QUIC and hears nothing
        if self.way_out.delay:
            await asyncio.sleep(self.way_out.delay)
        streams = await self._way(uid).open(host, port)
        address = host if is_address(host) else self._internet.address_of(host)
        self.tcp.opened(uid, (address, port), streams[1])
        return streams

    def _way(self, uid: int) -> Uplink:
        """By the tunnel for apps that are in it, while it is up."""
        if self._tunnel is not None and uid in self._tunnel[2]:
            return self._tunnel[1]
        return self.uplink

    @property
    def tunnel(self) -> str | None:
        """The name of the VPN that is up."""
        return self._tunnel[0] if self._tunnel is not None else None

    def enter_tunnel(self, name: str, way: ClosableUplink, uids: frozenset[int]) -> None:
        """A VPN comes up for the apps with `uids`; another one goes."""
        self.leave_tunnel()
        self._tunnel = (name, way, uids)

    def leave_tunnel(self, name: str | None = None) -> None:
        """It goes down, with its connections; None = whichever is up."""
        if self._tunnel is not None and name in (None, self._tunnel[0]):
            self._tunnel[1].close()
            self._tunnel = None

    def _check_route(self, host: str) -> None:
        """Raises what `connect` or the resolver would say before any packet leaves."""
        if is_address(host):
            if not self.online():
                raise OSError(errno.ENETUNREACH, "Network is unreachable")
            if self.way_out.no_internet:
                raise OSError(errno.EHOSTUNREACH, f"No route to host {host}")
            return
        if not self.online() or self.way_out.dns_broken:
            raise socket.gaierror(NO_ADDRESS, "No address associated with hostname")
        if self.way_out.no_internet:
            raise OSError(errno.EHOSTUNREACH, f"No route to host {host}")
