import pytest

from harness.simphone.adbd.packets import (
    MAX_PAYLOAD,
    Command,
    Packet,
    PacketParser,
    ProtocolError,
    encode,
)

PACKETS = [
    Packet(Command.CNXN, 0x01000001, 0x100000, b"host::"),
    Packet(Command.OKAY, 1, 2),
    Packet(Command.WRTE, 3, 4, bytes(range(256)) * 40),
]


def test_a_packet_has_the_bytes_of_the_protocol() -> None:
    assert encode(Packet(Command.OPEN, 1, 0, b"ab")) == (
        b"OPEN\x01\0\0\0\0\0\0\0\x02\0\0\0\xc3\0\0\0\xb0\xaf\xba\xb1ab"
    )


def test_the_sum_may_be_left_out() -> None:
    assert encode(Packet(Command.WRTE, 1, 2, b"ab"), checksum=False)[16:20] == bytes(4)


@pytest.mark.parametrize("piece", [1, 7, 24, 1000, 100_000])
def test_packets_survive_any_cutting(piece: int) -> None:
    sent = b"".join(encode(packet) for packet in PACKETS)
    parser = PacketParser()

    received = [
        packet
        for start in range(0, len(sent), piece)
        for packet in parser.feed(sent[start : start + piece])
    ]

    assert received == PACKETS


def test_a_wrong_magic_number_is_an_error() -> None:
    broken = bytearray(encode(PACKETS[1]))
    broken[20] ^= 1

    with pytest.raises(ProtocolError, match="magic"):
        PacketParser().feed(bytes(broken))


def test_a_payload_above_the_limit_is_an_error_before_it_arrived() -> None:
    header = encode(Packet(Command.WRTE, 1, 2, bytes(MAX_PAYLOAD + 1)))[:24]

    with pytest.raises(ProtocolError, match="at most"):
        PacketParser().feed(header)


def test_an_unknown_command_is_a_packet_too() -> None:
    assert PacketParser().feed(encode(Packet(0x12345678, 0, 0))) == [Packet(0x12345678, 0, 0)]
