"""/proc/net/udp and udp6: which UDP sockets are connected, to where, and whose they are.

The shell may read both on Android 8 to 17 (AOSP policy; android-storage 4.4). A socket that
was not connected shows no peer, so what it sends to cannot be told.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UdpSocket:
    """A connected socket; `uid` is Android's user id of the app."""

    remote: str
    port: int
    uid: int


def read_udp_sockets(text: str) -> list[UdpSocket]:
    """The connected sockets of one or both files; lines that make no sense are passed over."""
    found: list[UdpSocket] = []
    for line in text.splitlines():
        words = line.split()
        if len(words) < 8 or not words[0].endswith(":"):
            continue  # a headline
        address, _, port = words[2].partition(":")
        try:
            socket = UdpSocket(_address(address), int(port, 16), int(words[7]))
        except ValueError:
            continue
        if socket.port:
            found.append(socket)
    return found


def _address(words: str) -> str:
    """The kernel prints each 32-bit word in the machine's order, little-endian on phones."""
    raw = bytes.fromhex(words)
    if len(raw) not in (4, 16):
        raise ValueError(words)
    turned = b"".join(raw[start : start + 4][::-1] for start in range(0, len(raw), 4))
    address = ipaddress.ip_address(turned)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
