"""One connection from an adb server: greeting, authentication, streams."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import override

from harness.simphone.adbd.authentication import Challenge
from harness.simphone.adbd.packets import (
    MAX_PAYLOAD,
    VERSION,
    Command,
    Packet,
    PacketParser,
    ProtocolError,
    encode,
)
from harness.simphone.adbd.stream import Stream

MAX_DATA = 256 * 1024
"""Announced payload limit in bytes: large enough for bulk, small enough to share."""
_log = logging.getLogger(__name__)


class Transport(asyncio.Protocol):
    """Speaks packets with one adb server; each OPEN becomes a `Stream`.

    asyncio sets TCP_NODELAY on its TCP sockets; header and payload go out in
    one write. Both matter: without them a round trip costs 44 ms more.
    """

    def __init__(
        self,
        *,
        challenge: Challenge,
        banner: Callable[[], bytes],
        on_open: Callable[[Transport, Stream, str], None],
        on_lost: Callable[[Transport], None],
        silent: bool = False,
    ) -> None:
        """`silent`: takes packets and never answers any (a phone that hangs)."""
        self._challenge = challenge
        self._banner = banner
        self._on_open = on_open
        self._on_lost = on_lost
        self._silent = silent
        self._socket: asyncio.Transport | None = None
        self._parser = PacketParser()
        self._online = False
        self._greeted = False
        self._checksum = True
        self._max_payload = MAX_DATA
        self._streams: dict[int, Stream] = {}
        self._last_id = 0

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows asyncio's own type
        self._socket = transport

    @override
    def data_received(self, data: bytes) -> None:
        if self._silent:
            return
        try:
            packets = self._parser.feed(data)
        except ProtocolError as error:
            _log.warning("adbd: connection dropped: %s", error)
            self.drop()
            return
        for packet in packets:
            self._receive(packet)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._online = False
        for stream in list(self._streams.values()):
            stream.on_close()
        self._on_lost(self)

    def drop(self) -> None:
        """Breaks the connection at once, as a pulled cable does."""
        if self._socket is not None:
            self._socket.abort()

    def allow(self) -> None:
        """Lets the host in if it waits for the owner's permission."""
        if self._challenge.waiting and not self._online:
            self._admit()

    async def open(self, destination: str) -> Stream | None:
        """Asks the host to open `destination` (`tcp:PORT`); None when it refuses.

        The adb server ABORTS when `destination` is not in its own reverse table.
        """
        if not self._online:
            return None
        stream = self._new_stream(0)
        self._send(Packet(Command.OPEN, stream.local_id, 0, destination.encode() + b"\0"))
        return stream if await stream.wait_opened() else None

    def _receive(self, packet: Packet) -> None:
        match packet.command:
            case Command.CNXN:
                self._greet(packet)
            case Command.AUTH if self._greeted and not self._online:
                self._step(packet)
            case Command.OPEN | Command.OKAY | Command.WRTE | Command.CLSE if self._online:
                self._receive_of_stream(packet)
            case _:
                pass  # as adbd: anything else is ignored

    def _greet(self, packet: Packet) -> None:
        self._checksum = packet.arg0 < VERSION
        self._max_payload = min(packet.arg1, MAX_DATA, MAX_PAYLOAD)
        self._online = False
        self._greeted = True
        for stream in list(self._streams.values()):
            stream.on_close()
        self._step(None)

    def _admit(self) -> None:
        self._online = True
        self._send(Packet(Command.CNXN, VERSION, MAX_DATA, self._banner()))

    def _step(self, packet: Packet | None) -> None:
        challenge = self._challenge
        step = challenge.receive(packet.arg0, packet.payload) if packet else challenge.start()
        if step.send is not None:
            self._send(step.send)
        if step.accepted:
            self._admit()

    def _receive_of_stream(self, packet: Packet) -> None:
        if packet.command == Command.OPEN:
            self._opened(packet)
            return
        stream = self._streams.get(packet.arg1)
        if stream is None:
            if packet.command == Command.WRTE:
                self._send(Packet(Command.CLSE, 0, packet.arg0))
            return
        match packet.command:
            case Command.OKAY:
                stream.on_okay(packet.arg0)
            case Command.WRTE:
                stream.on_write(packet.payload)
            case _:
                stream.on_close()

    def _opened(self, packet: Packet) -> None:
        if packet.arg0 == 0:
            return
        if packet.arg1 != 0:  # a window size, which only `delayed_ack` allows
            self._send(Packet(Command.CLSE, 0, packet.arg0))
            return
        service = packet.payload.removesuffix(b"\0").decode(errors="surrogateescape")
        self._on_open(self, self._new_stream(packet.arg0), service)

    def _new_stream(self, remote_id: int) -> Stream:
        self._last_id += 1
        stream = Stream(
            self._last_id,
            remote_id,
            send=self._send,
            on_finished=self._forget,
            max_payload=self._max_payload,
        )
        self._streams[stream.local_id] = stream
        return stream

    def _forget(self, local_id: int) -> None:
        self._streams.pop(local_id, None)

    def _send(self, packet: Packet) -> None:
        if self._socket is not None and not self._socket.is_closing():
            self._socket.write(encode(packet, checksum=self._checksum))
