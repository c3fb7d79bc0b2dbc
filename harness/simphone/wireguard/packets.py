"""IPv4 packets with TCP or UDP inside (RFC 791, 768, 9293), as bytes and as records."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

TCP, UDP = 6, 17
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
_IP_HEAD, _TCP_HEAD, _UDP_HEAD = 20, 20, 8
_TTL = 64


@dataclass(frozen=True, slots=True)
class Segment:
    """A TCP segment; numbers as on the wire."""

    source: int
    target: int
    number: int
    acknowledged: int
    flags: int
    window: int = 65_535
    data: bytes = b""
    largest: int | None = None  # option of a SYN: bytes of data that a segment may have


@dataclass(frozen=True, slots=True)
class Datagram:
    """A UDP datagram."""

    source: int
    target: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Packet:
    """What is inside, and between which addresses (dotted)."""

    source: str
    target: str
    inside: Segment | Datagram


class PacketError(ValueError):
    """Not a whole packet of the kinds above."""


def checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071)."""
    total = sum(struct.unpack(f">{len(data) // 2 + len(data) % 2}H", data + bytes(len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def encode(packet: Packet) -> bytes:
    """With all checksums."""
    inside = packet.inside
    source, target = socket.inet_aton(packet.source), socket.inet_aton(packet.target)
    kind = TCP if isinstance(inside, Segment) else UDP
    body = _segment(inside) if isinstance(inside, Segment) else _datagram(inside)
    total = checksum(source + target + struct.pack(">BBH", 0, kind, len(body)) + body)
    place = 16 if kind == TCP else 6
    body = body[:place] + struct.pack(">H", total or 0xFFFF) + body[place + 2 :]
    head = struct.pack(">BBHHHBBH", 0x45, 0, _IP_HEAD + len(body), 0, 0x4000, _TTL, kind, 0)
    head += source + target
    return head[:10] + struct.pack(">H", checksum(head)) + head[12:] + body


def _segment(segment: Segment) -> bytes:
    options = b"" if segment.largest is None else struct.pack(">BBH", 2, 4, segment.largest)
    head = struct.pack(
        ">HHIIBBHHH",
        segment.source, segment.target, segment.number, segment.acknowledged,
        (_TCP_HEAD + len(options)) // 4 << 4, segment.flags, segment.window, 0, 0,
    )  # fmt: skip
    return head + options + segment.data


def _datagram(datagram: Datagram) -> bytes:
    size = _UDP_HEAD + len(datagram.data)
    return struct.pack(">HHHH", datagram.source, datagram.target, size, 0) + datagram.data


def decode(data: bytes) -> Packet:
    """Bytes after the packet's own length (padding) are passed over. Raises PacketError."""
    if len(data) < _IP_HEAD or data[0] >> 4 != 4:
        raise PacketError("no IPv4 packet")
    head, (length,), kind = (data[0] & 15) * 4, struct.unpack_from(">H", data, 2), data[9]
    if len(data) < length or length < head:
        raise PacketError("cut")
    source, target = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    body = data[head:length]
    if kind == UDP and len(body) >= _UDP_HEAD:
        near, far = struct.unpack_from(">HH", body)
        return Packet(source, target, Datagram(near, far, body[_UDP_HEAD:]))
    if kind != TCP or len(body) < _TCP_HEAD:
        raise PacketError(f"protocol {kind}, {len(body)} bytes")
    near, far, number, known, size, flags, window = struct.unpack_from(">HHIIBBH", body)
    begin = (size >> 4) * 4
    largest = _largest(body[_TCP_HEAD:begin])
    segment = Segment(near, far, number, known, flags, window, body[begin:], largest)
    return Packet(source, target, segment)


def _largest(options: bytes) -> int | None:
    """The maximum segment size among the options, if it is there."""
    at = 0
    while at < len(options) and options[at] != 0:
        if options[at] == 1:
            at += 1
            continue
        size = options[at + 1] if at + 1 < len(options) else 0
        if size < 2:
            return None
        if options[at] == 2 and size == 4:
            return int.from_bytes(options[at + 2 : at + 4], "big")
        at += size
    return None
