import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import pytest

from harness.simphone.adbd.authentication import Authorization, Challenge, Keyring
from harness.simphone.adbd.packets import (
    MAX_PAYLOAD,
    VERSION,
    Command,
    Packet,
    PacketParser,
    encode,
)
from harness.simphone.adbd.stream import Stream
from harness.simphone.adbd.transport import MAX_DATA, Transport

BANNER = b"device::features="


class Socket:
    """An asyncio transport that keeps what is written."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []
        self.aborted = False

    def write(self, data: bytes) -> None:
        self.writes.append(data)

    def abort(self) -> None:
        self.aborted = True

    def is_closing(self) -> bool:
        return self.aborted


class Phone:
    def __init__(
        self, mode: Authorization = Authorization.ACCEPTED, *, silent: bool = False
    ) -> None:
        self.opened: list[tuple[Stream, str]] = []
        self.lost = 0
        self.socket = Socket()
        self.transport = Transport(
            challenge=Challenge(mode, Keyring()),
            banner=lambda: BANNER,
            on_open=lambda _transport, stream, service: self.opened.append((stream, service)),
            on_lost=lambda _transport: self._count_lost(),
            silent=silent,
        )
        # A stand-in for asyncio's class, which the protocol checks for.
        self.transport._socket = cast("asyncio.Transport", self.socket)

    def _count_lost(self) -> None:
        self.lost += 1

    def hear(
        self, command: int, arg0: int = 0, arg1: int = 0, payload: bytes = b""
    ) -> list[Packet]:
        """Gives the phone a packet; returns what it sends."""
        self.socket.writes.clear()
        self.transport.data_received(encode(Packet(command, arg0, arg1, payload)))
        return self.said()

    def said(self) -> list[Packet]:
        return PacketParser().feed(b"".join(self.socket.writes))

    def greet(self, max_payload: int = MAX_PAYLOAD) -> list[Packet]:
        return self.hear(Command.CNXN, VERSION, max_payload, b"host::")


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(5):
            await scenario()

    asyncio.run(limited())


def test_the_greeting_is_answered_with_the_banner_in_one_write() -> None:
    phone = Phone()

    assert phone.greet() == [Packet(Command.CNXN, VERSION, MAX_DATA, BANNER)]
    assert len(phone.socket.writes) == 1


def test_a_silent_phone_answers_nothing() -> None:
    assert Phone(silent=True).greet() == []


def test_nothing_is_opened_before_the_greeting_or_without_authorization() -> None:
    early, locked = Phone(), Phone(Authorization.UNAUTHORIZED)
    locked.greet()

    assert early.hear(Command.OPEN, 1, 0, b"sync:\0") == []
    assert locked.hear(Command.OPEN, 1, 0, b"sync:\0") == []
    assert early.opened == locked.opened == []


def test_garbage_drops_the_connection() -> None:
    phone = Phone()
    phone.transport.data_received(b"GET / HTTP/1.1\r\nHost: phone\r\n\r\n")

    assert phone.socket.aborted


def test_an_open_becomes_a_stream_with_its_service() -> None:
    phone = Phone()
    phone.greet()
    phone.hear(Command.OPEN, 7, 0, b"abb_exec:package\0path\0")
    stream, service = phone.opened[0]
    stream.accept()

    assert service == "abb_exec:package\0path"
    assert phone.said() == [Packet(Command.OKAY, 1, 7)]


@pytest.mark.parametrize(
    ("packet", "answer"),
    [
        (Packet(Command.OPEN, 0, 0, b"sync:\0"), []),  # id 0 is nobody's
        (Packet(Command.OPEN, 7, 32 << 20, b"sync:\0"), [Packet(Command.CLSE, 0, 7)]),
        (Packet(Command.WRTE, 7, 99, b"x"), [Packet(Command.CLSE, 0, 7)]),
        (Packet(Command.OKAY, 7, 99), []),
        (Packet(Command.CLSE, 7, 99), []),
        (Packet(Command.STLS, 1, 0), []),
        (Packet(0x11111111, 1, 0), []),
    ],
)
def test_odd_packets(packet: Packet, answer: list[Packet]) -> None:
    phone = Phone()
    phone.greet()

    assert phone.hear(packet.command, packet.arg0, packet.arg1, packet.payload) == answer


def test_packets_reach_their_stream_and_payloads_keep_to_the_hosts_limit() -> None:
    async def scenario() -> None:
        phone = Phone()
        phone.greet(max_payload=4)
        phone.hear(Command.OPEN, 7, 0, b"x:\0")
        phone.hear(Command.OPEN, 8, 0, b"x:\0")
        second = phone.opened[1][0]
        second.accept()
        assert phone.hear(Command.WRTE, 8, 2, b"in") == [Packet(Command.OKAY, 2, 8)]
        assert await second.read(10) == b"in"
        phone.socket.writes.clear()
        await second.write(b"abcdef")
        await asyncio.sleep(0)
        assert phone.said() == [Packet(Command.WRTE, 2, 8, b"abcd")]
        assert phone.hear(Command.OKAY, 8, 2) == [Packet(Command.WRTE, 2, 8, b"ef")]
        assert phone.hear(Command.CLSE, 8, 2) == [Packet(Command.CLSE, 2, 8)]
        assert second.closed
        assert not phone.opened[0][0].closed

    run(scenario)


@pytest.mark.parametrize("agrees", [True, False])
def test_the_phone_opens_on_the_host(agrees: bool) -> None:
    async def scenario() -> None:
        phone = Phone()
        phone.greet()
        phone.socket.writes.clear()
        opening = asyncio.ensure_future(phone.transport.open("tcp:8888"))
        await asyncio.sleep(0)
        assert phone.said() == [Packet(Command.OPEN, 1, 0, b"tcp:8888\0")]
        if agrees:
            phone.hear(Command.OKAY, 50, 1)
        else:
            phone.hear(Command.CLSE, 0, 1)
        assert (await opening is not None) is agrees

    run(scenario)


def test_nothing_can_be_opened_on_the_host_before_the_greeting() -> None:
    run_result = asyncio.run(Phone().transport.open("tcp:1"))

    assert run_result is None


def test_losing_the_connection_closes_all_streams() -> None:
    phone = Phone()
    phone.greet()
    phone.hear(Command.OPEN, 7, 0, b"x:\0")
    phone.opened[0][0].accept()
    phone.transport.drop()
    phone.transport.connection_lost(None)

    assert phone.opened[0][0].closed
    assert phone.lost == 1


def test_the_sum_is_only_made_for_old_hosts() -> None:
    old, new = Phone(), Phone()
    old.hear(Command.CNXN, 0x01000000, 4096, b"host::")
    new.greet()

    assert old.socket.writes[0][16:20] == sum(BANNER).to_bytes(4, "little")
    assert new.socket.writes[0][16:20] == bytes(4)
