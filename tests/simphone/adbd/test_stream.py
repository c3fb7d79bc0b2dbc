import asyncio
from collections.abc import Awaitable, Callable

import pytest

from harness.simphone.adbd.packets import Command, Packet
from harness.simphone.adbd.stream import INCOMING_LIMIT, OUTGOING_LIMIT, Stream

OWN, PEER = 5, 9


class Wire:
    """A stream whose packets land in a list."""

    def __init__(self, peer: int = PEER, max_payload: int = 1000) -> None:
        self.sent: list[Packet] = []
        self.finished: list[int] = []
        self.stream = Stream(
            OWN,
            peer,
            send=self.sent.append,
            on_finished=self.finished.append,
            max_payload=max_payload,
        )

    def commands(self) -> list[int]:
        return [packet.command for packet in self.sent]

    def payloads(self) -> list[bytes]:
        return [packet.payload for packet in self.sent if packet.command == Command.WRTE]


def accepted(max_payload: int = 1000) -> Wire:
    wire = Wire(max_payload=max_payload)
    wire.stream.accept()
    wire.sent.clear()
    return wire


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(5):
            await scenario()

    asyncio.run(limited())


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_accept_answers_okay_and_abort_before_it_refuses() -> None:
    taken, refused = Wire(), Wire()
    taken.stream.accept()
    refused.stream.abort()

    assert taken.sent == [Packet(Command.OKAY, OWN, PEER)]
    assert refused.sent == [Packet(Command.CLSE, 0, PEER)]
    assert refused.finished == [OWN]


def test_one_write_is_in_flight_and_the_rest_goes_together() -> None:
    async def scenario() -> None:
        wire = accepted()
        await wire.stream.write(b"a")
        await settle()
        for byte in (b"b", b"c", b"d"):
            await wire.stream.write(byte)
            await settle()
        assert wire.payloads() == [b"a"]

        wire.stream.on_okay(PEER)
        assert wire.payloads() == [b"a", b"bcd"]

    run(scenario)


def test_what_one_turn_writes_goes_in_one_packet() -> None:
    async def scenario() -> None:
        wire = accepted()
        await wire.stream.write(b"text")
        await wire.stream.write(b"exit")
        await settle()
        assert wire.payloads() == [b"textexit"]

    run(scenario)


def test_no_packet_is_above_the_limit() -> None:
    async def scenario() -> None:
        wire = accepted(max_payload=4)
        await wire.stream.write(b"0123456789")
        await settle()
        for _ in range(3):
            wire.stream.on_okay(PEER)
        assert wire.payloads() == [b"0123", b"4567", b"89"]

    run(scenario)


def test_a_writer_waits_while_too_much_is_queued() -> None:
    async def scenario() -> None:
        wire = accepted(max_payload=10)
        writing = asyncio.ensure_future(wire.stream.write(bytes(OUTGOING_LIMIT + 20)))
        await settle()
        assert not writing.done()
        wire.stream.on_okay(PEER)
        await settle()
        assert writing.done()

    run(scenario)


def test_a_surplus_okay_does_no_harm() -> None:
    async def scenario() -> None:
        wire = accepted()
        wire.stream.on_okay(PEER)
        await wire.stream.write(b"a")
        await settle()
        assert wire.payloads() == [b"a"]

    run(scenario)


def test_close_waits_for_the_last_okay() -> None:
    async def scenario() -> None:
        wire = accepted()
        await wire.stream.write(b"a")
        closing = asyncio.ensure_future(wire.stream.close())
        await settle()
        assert wire.commands() == [Command.WRTE]
        wire.stream.on_okay(PEER)
        await closing
        assert wire.sent[-1] == Packet(Command.CLSE, OWN, PEER)
        assert wire.finished == [OWN]

    run(scenario)


def test_a_received_write_is_acknowledged_until_too_much_is_unread() -> None:
    async def scenario() -> None:
        wire = accepted()
        wire.stream.on_write(b"x")
        assert wire.commands() == [Command.OKAY]
        wire.stream.on_write(bytes(INCOMING_LIMIT))
        assert wire.commands() == [Command.OKAY]
        assert await wire.stream.read(2) == b"x\0"
        assert wire.commands() == [Command.OKAY, Command.OKAY]

    run(scenario)


@pytest.mark.parametrize(("size", "expected"), [(2, b"ab"), (10, b"abc"), (-1, b"abcd")])
def test_read_gives_what_is_there_or_all(size: int, expected: bytes) -> None:
    async def scenario() -> None:
        wire = accepted()
        wire.stream.on_write(b"abc")
        reading = asyncio.ensure_future(wire.stream.read(size))
        await settle()
        wire.stream.on_write(b"d")
        wire.stream.on_close()
        assert await reading == expected

    run(scenario)


def test_after_the_hosts_close_reading_ends_and_writing_fails() -> None:
    async def scenario() -> None:
        wire = accepted()
        wire.stream.on_write(b"last")
        wire.stream.on_close()
        wire.stream.on_close()
        assert wire.commands() == [Command.OKAY, Command.CLSE]
        assert await wire.stream.read(10) == b"last"
        assert await wire.stream.read(10) == b""
        with pytest.raises(BrokenPipeError):
            await wire.stream.write(b"x")
        await wire.stream.wait_closed()

    run(scenario)


def test_the_hosts_close_wakes_a_waiting_writer() -> None:
    async def scenario() -> None:
        wire = accepted(max_payload=10)
        writing = asyncio.ensure_future(wire.stream.write(bytes(OUTGOING_LIMIT * 2)))
        await settle()
        wire.stream.on_close()
        with pytest.raises(BrokenPipeError):
            await writing

    run(scenario)


@pytest.mark.parametrize("agrees", [True, False])
def test_an_open_of_ours_is_answered_by_the_host(agrees: bool) -> None:
    async def scenario() -> None:
        wire = Wire(peer=0)
        asking = asyncio.ensure_future(wire.stream.wait_opened())
        await settle()
        assert not asking.done()
        if agrees:
            wire.stream.on_okay(77)
            wire.stream.on_write(b"x")
        else:
            wire.stream.on_close()
        assert await asking is agrees
        assert wire.sent == ([Packet(Command.OKAY, OWN, 77)] if agrees else [])

    run(scenario)
