"""One TCP connection of an app over the tunnel, as an asyncio transport (RFC 9293, client only).

The tunnel keeps the order mostly and loses little: what comes out of order is dropped and sent
again by the other side, what is not acknowledged in time is sent again from there on.
"""

from __future__ import annotations

import asyncio
import errno
import secrets
from collections.abc import Callable
from typing import Any

from harness.simphone.wireguard.packets import ACK, FIN, PSH, RST, SYN, Segment

LARGEST = 1280
"""Bytes of data in a segment; with all heads below WireGuard's usual MTU of 1420."""
WINDOW = 65_535
AGAIN_AFTER = 0.4
"""Seconds without an acknowledgement after which everything open is sent again."""
TRIES = 8
_ROUND = 1 << 32
_KEPT = 256 * 1024  # bytes that wait before the app is asked to wait


def _after(number: int, other: int) -> bool:
    """`number` comes after `other`, where numbers start again at 2**32."""
    return 0 < (number - other) % _ROUND < _ROUND // 2


class TcpConnection(asyncio.Transport):
    """`open` first; then an ordinary transport. `send` takes segments to the tunnel."""

    def __init__(
        self, source: int, target: int, send: Callable[[Segment], None], over: Callable[[], None]
    ) -> None:
        """`over` is called once, when no more segments are expected."""
        super().__init__()
        self._source, self._target = source, target
        self._send, self._over = send, over
        self._loop = asyncio.get_running_loop()
        self._protocol: asyncio.Protocol | None = None
        self._opened: asyncio.Future[None] = self._loop.create_future()
        first = secrets.randbits(32)
        self._unacknowledged = self._next = first
        self._expected = 0
        self._window = WINDOW
        self._largest = LARGEST
        self._buffer = bytearray()  # from `_unacknowledged` on, without SYN and FIN
        self._closing = self._fin_sent = self._paused = self._dead = False
        self._their_end = self._told_end = self._waiting = False
        self._held = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._tries = 0
        self._connecting = True

    async def open(self, protocol: asyncio.Protocol) -> None:
        """Raises OSError: refused, or no answer."""
        self._protocol = protocol
        self._out(SYN, largest=LARGEST)
        self._next = (self._next + 1) % _ROUND
        self._arm()
        try:
            await self._opened
        except asyncio.CancelledError:
            self.abort()
            raise
        protocol.connection_made(self)

    def received(self, segment: Segment) -> None:
        """A segment of the other side."""
        if self._dead:
            return
        if segment.flags & RST:
            self._die(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))
            return
        if self._connecting:
            self._answered(segment)
            return
        self._window = segment.window
        if segment.flags & ACK:
            self._acknowledge(segment.acknowledged)
        if segment.data or segment.flags & FIN:
            self._take(segment)
        self._push()

    def _answered(self, segment: Segment) -> None:
        if not (segment.flags & SYN and segment.flags & ACK):
            return
        self._connecting = False
        self._unacknowledged = segment.acknowledged
        self._expected = (segment.number + 1) % _ROUND
        self._window = segment.window
        self._largest = min(LARGEST, segment.largest or 536)
        self._disarm()
        self._out(ACK)
        if not self._opened.done():
            self._opened.set_result(None)

    def _acknowledge(self, number: int) -> None:
        if not _after(number, self._unacknowledged) or _after(number, self._next):
            return
        done = (number - self._unacknowledged) % _ROUND
        self._unacknowledged = number
        del self._buffer[: min(done, len(self._buffer))]
        self._disarm()
        if self._unacknowledged != self._next:
            self._arm()
        elif self._fin_sent:
            self._maybe_over()
        if self._waiting and len(self._buffer) < _KEPT // 2 and self._protocol is not None:
            self._waiting = False
            self._protocol.resume_writing()

    def _take(self, segment: Segment) -> None:
        if segment.number != self._expected:
            self._out(ACK)
            return
        if self._protocol is None and segment.data:
            self.abort()  # nobody reads any more
            return
        self._expected = (self._expected + len(segment.data)) % _ROUND
        if segment.flags & FIN:
            self._expected = (self._expected + 1) % _ROUND
            self._their_end = True
        self._held += segment.data
        self._out(ACK)
        self._deliver()
        self._maybe_over()

    def _deliver(self) -> None:
        if self._paused or self._protocol is None:
            return
        if self._held:
            data, self._held = bytes(self._held), bytearray()
            self._protocol.data_received(data)
        if self._their_end and not self._told_end:
            self._told_end = True
            if not self._protocol.eof_received():
                self.close()

    def _push(self) -> None:
        """Sends what the window allows."""
        while not self._fin_sent:
            sent = (self._next - self._unacknowledged) % _ROUND
            room = min(self._largest, self._window - sent, len(self._buffer) - sent)
            if room <= 0:
                break
            self._out(ACK | PSH, data=bytes(self._buffer[sent : sent + room]))
            self._next = (self._next + room) % _ROUND
            self._arm()
        sent = (self._next - self._unacknowledged) % _ROUND
        if self._closing and not self._fin_sent and sent == len(self._buffer):
            self._out(ACK | FIN)
            self._fin_sent = True
            self._next = (self._next + 1) % _ROUND
            self._arm()

    def _again(self) -> None:
        self._timer = None
        self._tries += 1
        if self._tries >= TRIES:
            self._die(TimeoutError(errno.ETIMEDOUT, "Connection timed out"))
            return
        self._next = self._unacknowledged
        if self._connecting:
            self._out(SYN, largest=LARGEST)
            self._next = (self._next + 1) % _ROUND
            self._arm()
            return
        self._fin_sent = False
        self._window = max(self._window, 1)  # a window that opened may have been lost
        self._push()

    def _out(self, flags: int, *, data: bytes = b"", largest: int | None = None) -> None:
        window = max(WINDOW - len(self._held), 0)
        self._send(
            Segment(
                self._source, self._target, self._next, self._expected, flags, window, data, largest
            )
        )

    def _arm(self) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(AGAIN_AFTER, self._again)

    def _disarm(self) -> None:
        self._tries = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _maybe_over(self) -> None:
        if self._fin_sent and self._their_end and self._unacknowledged == self._next:
            self._die(None)

    def _die(self, error: OSError | None) -> None:
        if self._dead:
            return
        self._dead = self._closing = True
        self._disarm()
        self._over()
        if not self._opened.done():
            refused = isinstance(error, ConnectionResetError)
            self._opened.set_exception(
                ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")
                if refused
                else error or ConnectionAbortedError(errno.ECONNABORTED, "closed")
            )
        elif self._protocol is not None:
            self._loop.call_soon(self._protocol.connection_lost, error)

    def lose(self) -> None:
        """The network it was made over is gone."""
        self._die(ConnectionAbortedError(errno.ECONNABORTED, "Software caused connection abort"))

    # asyncio's own names from here on

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._closing:
            return
        self._buffer += data
        self._push()
        if len(self._buffer) > _KEPT and not self._waiting and self._protocol is not None:
            self._waiting = True
            self._protocol.pause_writing()

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self._closing = True
        self._push()

    def close(self) -> None:
        if not self._dead:
            self._closing = True
            self._push()
            self._told_end = True
            if self._protocol is not None and not self._connecting:
                self._loop.call_soon(self._protocol.connection_lost, None)
                self._protocol = None

    def abort(self) -> None:
        if not self._dead:
            self._out(RST | ACK)
            self._die(None)

    def is_closing(self) -> bool:
        return self._closing

    def pause_reading(self) -> None:
        self._paused = True

    def resume_reading(self) -> None:
        self._paused = False
        self._deliver()
        if not self._dead:
            self._out(ACK)  # the window is open again

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401, ARG002
        return default
