"""The phone's connected UDP sockets, as /proc/net/udp shows them."""

from __future__ import annotations

import ipaddress
from collections.abc import Generator
from contextlib import contextmanager

HEAD = (
    b"   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
    b"   uid  timeout inode ref pointer drops\n"
)
_FIRST_PORT = 40_000


class UdpSockets:
    """Open ones only: (uid, remote IPv4 address, remote port)."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str, int]] = []

    @contextmanager
    def connected(self, uid: int, address: str, port: int) -> Generator[None]:
        """There is one for the time of the block."""
        socket = (uid, address, port)
        self._open.append(socket)
        try:
            yield
        finally:
            self._open.remove(socket)

    def table(self) -> bytes:
        """/proc/net/udp: addresses as the kernel of a little-endian processor prints them."""
        rows = [
            f"{number:5}: 0F02000A:{_FIRST_PORT + number:04X} {_printed(address)}:{port:04X} 01"
            f" 00000000:00000000 00:00000000 00000000 {uid:5}        0 {70_000 + number} 2"
            " 0000000000000000 0\n"
            for number, (uid, address, port) in enumerate(self._open)
        ]
        return HEAD + "".join(rows).encode()


def _printed(address: str) -> str:
    return ipaddress.IPv4Address(address).packed[::-1].hex().upper()
