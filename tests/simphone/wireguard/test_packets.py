"""IPv4 packets there and back."""

from __future__ import annotations

import pytest

from harness.simphone.wireguard.packets import (
    ACK,
    SYN,
    Datagram,
    Packet,
    PacketError,
    Segment,
    checksum,
    decode,
    encode,
)

SEGMENTS = [
    Segment(4000, 443, 1, 2, ACK, 512, b"odd"),
    Segment(4000, 443, 2**32 - 1, 0, SYN, 65_535, b"", 1280),
    Datagram(5000, 53, b"question"),
]


@pytest.mark.parametrize("inside", SEGMENTS, ids=["data", "syn", "udp"])
def test_what_is_read_is_what_was_written(inside: Segment | Datagram) -> None:
    packet = Packet("10.0.0.1", "198.18.0.7", inside)
    data = encode(packet)
    assert decode(data + bytes(9)) == packet, "padding is passed over"
    assert checksum(data[:20]) == 0
    pseudo = data[12:20] + bytes([0, data[9]]) + len(data[20:]).to_bytes(2, "big")
    assert checksum(pseudo + data[20:]) == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x60" + bytes(40),
        encode(Packet("10.0.0.1", "10.0.0.2", SEGMENTS[0]))[:30],
        bytes([0x45, 0, 0, 20, 0, 0, 0, 0, 64, 1]) + bytes(10),
    ],
    ids=["empty", "IPv6", "cut", "ICMP"],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(PacketError):
        decode(data)


def test_unknown_options_are_passed_over() -> None:
    data = bytearray(encode(Packet("10.0.0.1", "10.0.0.2", SEGMENTS[1])))
    for options, largest in (([1, 1, 1, 0], None), ([3, 4, 0, 0], None), ([2, 4, 1, 0], 256),
                             ([9, 1, 0, 0], None)):  # fmt: skip
        data[40:44] = bytes(options)
        inside = decode(bytes(data)).inside
        assert isinstance(inside, Segment)
        assert inside.largest == largest
