"""A connection against a scripted other side: loss, order, ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from harness.simphone.wireguard import tcp
from harness.simphone.wireguard.packets import ACK, FIN, PSH, RST, SYN, Segment
from harness.simphone.wireguard.tcp import TcpConnection

ISN = 5_000


class Wire:
    """What the connection sent, and its reader."""

    def __init__(self) -> None:
        self.sent: list[Segment] = []
        self.over = 0
        self.reader = asyncio.StreamReader()
        self.protocol = asyncio.StreamReaderProtocol(self.reader)
        self.connection = TcpConnection(4_000, 443, self.sent.append, self._ended)

    def _ended(self) -> None:
        self.over += 1

    async def open(self) -> None:
        opening = asyncio.ensure_future(self.connection.open(self.protocol))
        await asyncio.sleep(0)
        (syn,) = self.sent
        assert (syn.flags, syn.largest) == (SYN, tcp.LARGEST)
        self.first = syn.number + 1
        self.connection.received(
            Segment(443, 4_000, ISN, self.first, SYN | ACK, 60_000, b"", 1_000)
        )
        await opening
        self.sent.clear()

    def say(self, at: int, data: bytes = b"", *, known: int = 0, flags: int = ACK) -> None:
        """`at`, `known`: bytes from the begin of each direction."""
        self.connection.received(
            Segment(443, 4_000, ISN + 1 + at, self.first + known, flags, 60_000, data)
        )


def play(script: Callable[[Wire], Coroutine[None, None, None]]) -> None:
    async def run() -> None:
        wire = Wire()
        await wire.open()
        await script(wire)

    asyncio.run(run())


def test_data_goes_in_pieces_that_the_other_side_takes() -> None:
    async def script(wire: Wire) -> None:
        wire.connection.write(b"x" * 2_500)
        assert [len(segment.data) for segment in wire.sent] == [1_000, 1_000, 500]
        assert {segment.flags for segment in wire.sent} == {ACK | PSH}
        wire.say(0, known=2_500)
        wire.connection.abort()

    play(script)


def test_what_is_not_acknowledged_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tcp, "AGAIN_AFTER", 0.01)

    async def script(wire: Wire) -> None:
        wire.connection.write(b"ab")
        wire.say(0, known=1)
        await asyncio.sleep(0.03)
        assert [segment.data for segment in wire.sent][:2] == [b"ab", b"b"]
        wire.connection.abort()
        assert wire.sent[-1].flags & RST

    play(script)


def test_an_other_side_that_is_gone_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tcp, "AGAIN_AFTER", 0.001)

    async def script(wire: Wire) -> None:
        wire.connection.write(b"ab")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(wire.reader.read(), 5)
        assert wire.over == 1

    play(script)


def test_out_of_order_waits_for_what_is_missing() -> None:
    async def script(wire: Wire) -> None:
        wire.say(2, b"cd")
        assert wire.sent[-1].acknowledged == ISN + 1
        wire.say(0, b"ab")
        wire.say(2, b"cd")
        assert wire.sent[-1].acknowledged == ISN + 5
        assert await wire.reader.readexactly(4) == b"abcd"
        wire.connection.abort()

    play(script)


def test_both_ends_and_then_it_is_over() -> None:
    async def script(wire: Wire) -> None:
        wire.say(0, b"bye", flags=ACK | FIN)
        assert await wire.reader.read() == b"bye"
        wire.connection.close()
        assert wire.sent[-1].flags & FIN
        assert wire.connection.is_closing()
        wire.say(4, known=1)
        assert wire.over == 1
        wire.say(4, b"late")
        wire.connection.write(b"late")
        wire.connection.abort()
        assert wire.over == 1

    play(script)


@pytest.mark.parametrize(("flags", "error"), [(RST, ConnectionRefusedError)])
def test_a_refusal(flags: int, error: type[OSError]) -> None:
    async def run() -> None:
        wire = Wire()
        opening = asyncio.ensure_future(wire.connection.open(wire.protocol))
        await asyncio.sleep(0)
        wire.connection.received(Segment(443, 4_000, 0, 0, flags))
        with pytest.raises(error):
            await opening

    asyncio.run(run())


def test_a_reset_is_told_to_the_reader() -> None:
    async def script(wire: Wire) -> None:
        wire.say(0, flags=RST)
        with pytest.raises(ConnectionResetError):
            await wire.reader.read()

    play(script)


def test_a_reader_that_waits_closes_the_window() -> None:
    async def script(wire: Wire) -> None:
        wire.connection.pause_reading()
        wire.say(0, b"x" * 1_000)
        assert wire.sent[-1].window == tcp.WINDOW - 1_000
        wire.connection.resume_reading()
        assert wire.sent[-1].window == tcp.WINDOW
        assert await wire.reader.readexactly(1_000) == b"x" * 1_000
        assert wire.connection.can_write_eof()
        assert wire.connection.get_extra_info("peername", "none") == "none"
        wire.connection.abort()

    play(script)


def test_what_comes_for_a_closed_socket_is_answered_by_a_reset() -> None:
    async def script(wire: Wire) -> None:
        wire.connection.close()
        wire.say(0, b"more", known=1)
        assert wire.sent[-1].flags & RST
        assert wire.over == 1

    play(script)
