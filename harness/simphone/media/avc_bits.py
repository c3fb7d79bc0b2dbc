"""Bits, Exp-Golomb codes and NAL units of H.264 (ITU-T H.264, 7.2, 7.3.1, 9.1)."""

from __future__ import annotations


class Bits:
    """Bits in the order of writing."""

    def __init__(self) -> None:
        self._done = bytearray()
        self._held = 0
        self._count = 0  # bits held

    def put(self, value: int, width: int) -> None:
        """`value` as `width` bits, the highest first."""
        self._held = (self._held << width) | value
        self._count += width
        while self._count >= 8:
            self._count -= 8
            self._done.append((self._held >> self._count) & 0xFF)
        self._held &= (1 << self._count) - 1

    def ue(self, value: int) -> None:
        """An unsigned Exp-Golomb code."""
        width = (value + 1).bit_length()
        self.put(0, width - 1)
        self.put(value + 1, width)

    def align(self) -> None:
        """Zero bits up to the next byte."""
        if self._count:
            self.put(0, 8 - self._count)

    def put_bytes(self, data: bytes) -> None:
        """Whole bytes; only where aligned."""
        self._done += data

    def ended(self) -> bytes:
        """Everything, with the stop bit that ends a payload."""
        self.put(1, 1)
        self.align()
        return bytes(self._done)


def nal(header: int, payload: bytes) -> bytes:
    """One unit as an MP4 sample holds it: four bytes of length, header, guarded payload."""
    guarded = guard(payload)
    return (len(guarded) + 1).to_bytes(4, "big") + bytes([header]) + guarded


def guard(payload: bytes) -> bytes:
    """No three bytes that look like the begin of a unit: a 3 stands between them (7.4.1)."""
    parts: list[bytes] = []
    begin = at = 0
    while (at := payload.find(b"\0\0", at)) >= 0:
        if at + 2 < len(payload) and payload[at + 2] <= 3:
            parts += [payload[begin : at + 2], b"\3"]
            begin = at = at + 2
        else:
            at += 1
    parts.append(payload[begin:])
    if payload.endswith(b"\0\0"):  # only inside of pictures, which end with a stop bit
        parts.append(b"\3")
    return b"".join(parts)
