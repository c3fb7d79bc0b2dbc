"""The client's end of a tunnel: handshakes, and packets to and from the connections in it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import secrets
import socket
import time
from collections.abc import Callable

from harness.simphone.wireguard import names
from harness.simphone.wireguard.config import TunnelConfig
from harness.simphone.wireguard.noise import RESPONSE, TRANSPORT, Handshake, NoiseError, Session
from harness.simphone.wireguard.packets import (
    Datagram,
    Packet,
    PacketError,
    Segment,
    decode,
    encode,
)
from harness.simphone.wireguard.tcp import TcpConnection

HANDSHAKE_SECONDS = 5.0
HANDSHAKE_AGAIN = 1.0
REKEY_AFTER = 120.0
"""Seconds after which a session is replaced (REKEY_AFTER_TIME of the paper)."""
SILENT_AFTER = 15.0
"""Seconds without an answer after which the session is given up (KEEPALIVE + REKEY_TIMEOUT)."""
DNS_PORT, DNS_SECONDS, DNS_TRIES = 53, 2.0, 3
_FIRST_PORT, _PORTS = 32_768, 28_000
_LIMIT = 256 * 1024


class Tunnel(asyncio.DatagramProtocol):
    """`start`, then `open` and `resolve`; `stop` ends all that is in it."""

    def __init__(self, config: TunnelConfig) -> None:
        self._config = config
        self._socket: asyncio.DatagramTransport | None = None
        self._session: Session | None = None
        self._made = 0.0
        self._asked_since: float | None = None  # nothing has come back since
        self._trying: Handshake | None = None
        self._ready = asyncio.Event()
        self._connections: dict[int, TcpConnection] = {}
        self._questions: dict[int, asyncio.Future[bytes]] = {}
        self._rekey: asyncio.Task[None] | None = None
        self._last_port = secrets.randbelow(_PORTS)

    async def start(self, *, endpoint: tuple[str, int] | None = None) -> None:
        """Raises TimeoutError when the other side does not take our handshake. `endpoint`: where
        the config's one is played on this machine."""
        loop = asyncio.get_running_loop()
        self._socket, _ = await loop.create_datagram_endpoint(
            lambda: self, remote_addr=endpoint or self._config.endpoint
        )
        try:
            await self._shake()
        except BaseException:
            self.stop()
            raise
        self._rekey = asyncio.ensure_future(self._renew())

    def stop(self) -> None:
        """All connections in it end."""
        if self._rekey is not None:
            self._rekey.cancel()
        for connection in list(self._connections.values()):
            connection.lose()
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    async def open(
        self, address: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A TCP connection through the tunnel. Raises OSError."""
        local = self._free_port()
        connection = TcpConnection(
            local,
            port,
            self._sender(address),
            lambda: self._connections.pop(local, None) and None,
        )
        self._connections[local] = connection
        reader = asyncio.StreamReader(limit=_LIMIT)
        protocol = asyncio.StreamReaderProtocol(reader)
        try:
            await connection.open(protocol)
        except BaseException:
            self._connections.pop(local, None)
            raise
        loop = asyncio.get_running_loop()
        return reader, asyncio.StreamWriter(connection, protocol, reader, loop)

    async def resolve(self, name: str) -> str:
        """An IPv4 address of `name`, by the resolver of the config. Raises socket.gaierror."""
        for _ in range(DNS_TRIES):
            local = self._free_port()
            waiting = asyncio.get_running_loop().create_future()
            self._questions[local] = waiting
            data = names.question(secrets.randbits(16), name)
            self._packet(self._config.dns, Datagram(local, DNS_PORT, data))
            try:
                async with asyncio.timeout(DNS_SECONDS):
                    return names.answer(await waiting)[1]
            except (TimeoutError, ValueError):
                continue
            finally:
                self._questions.pop(local, None)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def _free_port(self) -> int:
        for _ in range(_PORTS):
            self._last_port = (self._last_port + 1) % _PORTS
            port = _FIRST_PORT + self._last_port
            if port not in self._connections and port not in self._questions:
                return port
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    def _sender(self, address: str) -> Callable[[Segment], None]:
        def send(segment: Segment) -> None:
            self._packet(address, segment)

        return send

    def _packet(self, address: str, inside: Segment | Datagram) -> None:
        if self._socket is not None and self._session is not None:
            packet = encode(Packet(self._config.address, address, inside))
            self._socket.sendto(self._session.seal(packet))
            if self._asked_since is None:
                self._asked_since = time.monotonic()

    async def _shake(self) -> None:
        self._ready.clear()
        deadline = time.monotonic() + HANDSHAKE_SECONDS
        while time.monotonic() < deadline and self._socket is not None:
            self._trying = Handshake(self._config.private_key, self._config.public_key)
            self._socket.sendto(self._trying.initiation)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HANDSHAKE_AGAIN):
                    await self._ready.wait()
                return
        raise TimeoutError(errno.ETIMEDOUT, f"no handshake within {HANDSHAKE_SECONDS:.0f} s")

    async def _renew(self) -> None:
        """A new handshake in time, or when the other side has forgotten us."""
        while True:
            await asyncio.sleep(1.0)
            now = time.monotonic()
            silent = self._asked_since is not None and now - self._asked_since > SILENT_AFTER
            if silent or now - self._made > REKEY_AFTER:
                with contextlib.suppress(TimeoutError):
                    await self._shake()

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - asyncio's own
        try:
            if data[:1] == bytes([RESPONSE]) and self._trying is not None:
                self._session, self._trying = self._trying.finish(data), None
                if self._socket is not None:  # the other side sends only after our first message
                    self._socket.sendto(self._session.seal(b""))
                self._made, self._asked_since = time.monotonic(), None
                self._ready.set()
            elif data[:1] == bytes([TRANSPORT]) and self._session is not None:
                packet = self._session.open(data)
                self._asked_since = None
                if packet:
                    self._inside(decode(packet))
        except (NoiseError, PacketError):
            return  # as a packet that was lost

    def error_received(self, exc: Exception) -> None:
        """Nobody listens at the endpoint: the handshake's time-out tells it."""

    def _inside(self, packet: Packet) -> None:
        inside = packet.inside
        if isinstance(inside, Datagram):
            waiting = self._questions.get(inside.target)
            if waiting is not None and not waiting.done():
                waiting.set_result(inside.data)
            return
        connection = self._connections.get(inside.target)
        if connection is not None:
            connection.received(inside)
