"""adb's transport packets: encode, and an incremental parser.

A packet is a header of 24 bytes (little endian: command, arg0, arg1, payload
length, payload sum, command ^ 0xffffffff) and the payload. Source: AOSP
`packages/modules/adb/protocol.txt`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

HEADER = struct.Struct("<6I")
VERSION = 0x01000001
"""From this version on both ends ignore the payload sum."""
MAX_PAYLOAD = 1024 * 1024
"""The largest payload adb ever sends, in bytes."""


class Command(IntEnum):
    CNXN = 0x4E584E43
    AUTH = 0x48545541
    OPEN = 0x4E45504F
    OKAY = 0x59414B4F
    CLSE = 0x45534C43
    WRTE = 0x45545257
    STLS = 0x534C5453


class ProtocolError(Exception):
    """The bytes are not adb packets; the connection is of no more use."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; `command` may be unknown (then the receiver ignores it)."""

    command: int
    arg0: int
    arg1: int
    payload: bytes = b""


def encode(packet: Packet, *, checksum: bool = True) -> bytes:
    """The packet's bytes. The sum is only needed for peers before VERSION (and costs time)."""
    total = sum(packet.payload) & 0xFFFFFFFF if checksum else 0
    header = HEADER.pack(
        packet.command,
        packet.arg0,
        packet.arg1,
        len(packet.payload),
        total,
        packet.command ^ 0xFFFFFFFF,
    )
    return header + packet.payload


class PacketParser:
    """Takes bytes as they come and gives whole packets."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Packet]:
        """The packets completed by `data`.

        Raises:
            ProtocolError: wrong magic number, or a payload above MAX_PAYLOAD.
        """
        self._buffer += data
        packets: list[Packet] = []
        while (packet := self._take()) is not None:
            packets.append(packet)
        return packets

    def _take(self) -> Packet | None:
        if len(self._buffer) < HEADER.size:
            return None
        command, arg0, arg1, length, _total, magic = HEADER.unpack_from(self._buffer)
        if magic != command ^ 0xFFFFFFFF:
            raise ProtocolError(f"magic {magic:08x} does not belong to command {command:08x}")
        if length > MAX_PAYLOAD:
            raise ProtocolError(f"payload of {length} bytes; at most {MAX_PAYLOAD} are allowed")
        end = HEADER.size + length
        if len(self._buffer) < end:
            return None
        payload = bytes(memoryview(self._buffer)[HEADER.size : end])
        del self._buffer[:end]
        return Packet(command, arg0, arg1, payload)
