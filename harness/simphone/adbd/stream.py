"""One adb stream: a two-way byte pipe over packets, as adbd keeps it.

Per direction one WRTE is in flight; the next waits for the peer's OKAY. What
was written meanwhile goes out together in the next WRTE: many small ones cost
about 40 ms each (delayed ACK between adb server and its client).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum, auto

from harness.simphone.adbd.packets import Command, Packet

OUTGOING_LIMIT = 64 * 1024
"""Bytes that may wait behind the WRTE in flight before a writer is held."""
INCOMING_LIMIT = 256 * 1024
"""Bytes received and not yet read from which on OKAY is held back."""


class _State(Enum):
    ASKED = auto()  # the host sent OPEN, we have not answered
    ASKING = auto()  # we sent OPEN, the host has not answered
    OPEN = auto()
    CLOSED = auto()


class Stream:
    """A stream of one transport; is both a `Source` and a `Sink` of contracts.

    Used from one event loop. `send` puts a packet on the transport;
    `on_finished` is told once, when the stream's id is free again.
    """

    def __init__(
        self,
        local_id: int,
        remote_id: int,
        *,
        send: Callable[[Packet], None],
        on_finished: Callable[[int], None],
        max_payload: int,
    ) -> None:
        """`remote_id` 0 means that we ask the host to open (see `wait_opened`)."""
        self.local_id = local_id
        self._remote_id = remote_id
        self._send = send
        self._on_finished = on_finished
        self._max_payload = max_payload
        self._state = _State.ASKED if remote_id else _State.ASKING
        self._outgoing = bytearray()
        self._in_flight = False
        self._incoming = bytearray()
        self._okay_owed = False
        self._waiters: list[asyncio.Future[None]] = []

    @property
    def closed(self) -> bool:
        """Neither side sends any more; bytes that came before can still be read."""
        return self._state is _State.CLOSED

    def accept(self) -> None:
        """Answers the host's OPEN with OKAY."""
        if self._state is _State.ASKED:
            self._state = _State.OPEN
            self._send(Packet(Command.OKAY, self.local_id, self._remote_id))

    async def wait_opened(self) -> bool:
        """Whether the host accepted the OPEN that we sent (it may have closed since)."""
        await self._until(lambda: self._state is not _State.ASKING)
        return self._remote_id != 0

    async def wait_closed(self) -> None:
        """Returns when either side has closed the stream or the transport is lost."""
        await self._until(lambda: self.closed)

    async def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; with -1 all until the host closes; b"" at the end."""
        if size < 0:
            parts: list[bytes] = []
            while part := await self.read(INCOMING_LIMIT):
                parts.append(part)
            return b"".join(parts)
        await self._until(lambda: bool(self._incoming) or self.closed)
        data = bytes(memoryview(self._incoming)[:size])
        del self._incoming[:size]
        self._acknowledge()
        return data

    async def write(self, data: bytes) -> None:
        """Queues `data`; waits while more than OUTGOING_LIMIT is queued.

        Raises:
            BrokenPipeError: the stream is closed.
        """
        if not self.closed:
            self._outgoing += data
            # Not at once: what the same turn of the loop still writes goes along.
            asyncio.get_running_loop().call_soon(self._flush)
            await self._until(lambda: len(self._outgoing) <= OUTGOING_LIMIT or self.closed)
        if self.closed:
            raise BrokenPipeError("the host closed the adb stream")

    async def close(self) -> None:
        """Closes after everything written was acknowledged; CLSE earlier may lose data."""
        await self._until(lambda: self.closed or not (self._outgoing or self._in_flight))
        self.abort()

    def abort(self) -> None:
        """Closes now; as an answer to an OPEN not yet accepted it refuses it."""
        if self.closed:
            return
        own_id = 0 if self._state is _State.ASKED else self.local_id
        self._send(Packet(Command.CLSE, own_id, self._remote_id))
        self._finish()

    def on_okay(self, remote_id: int) -> None:
        """The host accepted our OPEN or took our last WRTE."""
        if self._state is _State.ASKING:
            self._remote_id = remote_id
            self._state = _State.OPEN
        self._in_flight = False
        self._flush()
        self._wake()

    def on_write(self, payload: bytes) -> None:
        """The host sent bytes; the next come after our OKAY."""
        self._incoming += payload
        self._okay_owed = True
        self._acknowledge()
        self._wake()

    def on_close(self) -> None:
        """The host closed, refused our OPEN, or the transport is lost."""
        if self.closed:
            return
        if self._state is _State.OPEN:
            self._send(Packet(Command.CLSE, self.local_id, self._remote_id))
        self._finish()

    def _acknowledge(self) -> None:
        if self._okay_owed and len(self._incoming) < INCOMING_LIMIT and not self.closed:
            self._okay_owed = False
            self._send(Packet(Command.OKAY, self.local_id, self._remote_id))

    def _flush(self) -> None:
        if self._in_flight or not self._outgoing or self._state is not _State.OPEN:
            return
        payload = bytes(memoryview(self._outgoing)[: self._max_payload])
        del self._outgoing[: self._max_payload]
        self._in_flight = True
        self._send(Packet(Command.WRTE, self.local_id, self._remote_id, payload))

    def _finish(self) -> None:
        self._state = _State.CLOSED
        self._outgoing.clear()
        self._wake()
        self._on_finished(self.local_id)

    async def _until(self, ready: Callable[[], bool]) -> None:
        while not ready():
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)
