"""The phone's TCP sockets, as /proc/net/tcp shows them."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from harness.simphone.contracts import SYSTEM_UID

HEAD = (
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
    "  timeout inode\n"
)
ESTABLISHED, LISTEN = 0x01, 0x0A  # include/net/tcp_states.h
LOOPBACK = "127.0.0.1"
_FIRST_PORT, _LAST_PORT = 37_000, 60_999


@dataclass(frozen=True, slots=True)
class TcpSocket:
    """IPv4 addresses with their ports; a listening one has no remote side."""

    uid: int
    local: tuple[str, int]
    remote: tuple[str, int]
    state: int


class TcpSockets:
    """Those that are open: connections until one side has closed, and what listens."""

    def __init__(self) -> None:
        self.address = "10.0.2.15"
        """The phone's own, on whichever network."""
        self._open: list[tuple[TcpSocket, asyncio.StreamWriter]] = []
        self._next = _FIRST_PORT

    def opened(self, uid: int, remote: tuple[str, int], writer: asyncio.StreamWriter) -> None:
        """A connection that is up from now on until `writer` is closed."""
        self._open = [row for row in self._open if not row[1].is_closing()]
        here = LOOPBACK if remote[0] == LOOPBACK else self.address
        socket = TcpSocket(uid, (here, self._next), remote, ESTABLISHED)
        self._next = _FIRST_PORT if self._next >= _LAST_PORT else self._next + 1
        self._open.append((socket, writer))

    def all(self, listening: Iterable[int]) -> list[TcpSocket]:
        """`listening`: ports of the phone's loopback."""
        nobody = ("0.0.0.0", 0)
        rows = [TcpSocket(SYSTEM_UID, (LOOPBACK, p), nobody, LISTEN) for p in sorted(listening)]
        return rows + [socket for socket, writer in self._open if not writer.is_closing()]

    def table(self, listening: Iterable[int]) -> bytes:
        """/proc/net/tcp: addresses as the kernel of a little-endian processor prints them."""
        text = HEAD
        for number, socket in enumerate(self.all(listening)):
            ends = f"{_printed(*socket.local)} {_printed(*socket.remote)} {socket.state:02X}"
            text += (
                f"{number:4}: {ends} 00000000:00000000 00:00000000 00000000 {socket.uid:5}"
                f"        0 {80_000 + number} 1 0000000000000000 20 4 30 10 -1\n"
            )
        return text.encode()


def _printed(address: str, port: int) -> str:
    return f"{ipaddress.IPv4Address(address).packed[::-1].hex().upper()}:{port:04X}"
