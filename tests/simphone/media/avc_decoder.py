"""Reads back what the simulator's encoder writes, from the standard's text and not its code."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from PIL import Image

from harness.simphone.media.mp4_boxes import find

TABLE = "moov/trak/mdia/minf/stbl"


class Reader:
    """Bits of a payload without its guards."""

    def __init__(self, data: bytes) -> None:
        self.data = data.replace(b"\0\0\3", b"\0\0")
        self.at = 0  # bit
        self.last = len(self.data) * 8 - 1
        while not self.bit(self.last):
            self.last -= 1

    def bit(self, at: int) -> int:
        return (self.data[at // 8] >> (7 - at % 8)) & 1

    def u(self, width: int) -> int:
        value = 0
        for _ in range(width):
            value = value * 2 + self.bit(self.at)
            self.at += 1
        return value

    def ue(self) -> int:
        zeros = 0
        while not self.u(1):
            zeros += 1
        return (1 << zeros) - 1 + self.u(zeros)

    @property
    def more(self) -> bool:
        return self.at < self.last


@dataclass
class Decoded:
    size: tuple[int, int]
    pictures: list[Image.Image]
    shown_ms: list[int]
    sync: list[int]


def decode(data: bytes) -> Decoded:
    """Every picture of the file. Raises ValueError where a box is missing."""
    begin, _ = find(data, f"{TABLE}/stsd")
    width, height = struct.unpack_from(">HH", data, begin + 8 + 32)
    assert data[begin + 12 : begin + 16] == b"avc1"
    picture = Image.new("YCbCr", (-(-width // 16) * 16, -(-height // 16) * 16))
    pictures: list[Image.Image] = []
    at = _numbers(data, "stco", 8)[0]
    for size in _numbers(data, "stsz", 12):
        (length,) = struct.unpack_from(">I", data, at)
        assert length == size - 4
        picture = _slice(Reader(data[at + 5 : at + size]), data[at + 4], picture)
        pictures.append(picture.convert("RGB").crop((0, 0, width, height)))
        at += size
    runs = _numbers(data, "stts", 8)
    shown = [ms for n, ms in zip(runs[::2], runs[1::2], strict=True) for _ in range(n)]
    return Decoded((width, height), pictures, shown, [n - 1 for n in _numbers(data, "stss", 8)])


def _numbers(data: bytes, name: str, skip: int) -> tuple[int, ...]:
    begin, end = find(data, f"{TABLE}/{name}")
    return struct.unpack_from(f">{(end - begin - skip) // 4}I", data, begin + skip)


def _slice(bits: Reader, header: int, before: Image.Image) -> Image.Image:
    picture = before.copy()
    assert bits.ue() == 0
    intra = {7: True, 5: False}[bits.ue()]
    assert header & 31 == (5 if intra else 1)
    bits.ue()
    bits.u(8)
    if intra:
        bits.ue()
    bits.u(2 if intra else 3)
    bits.ue()
    assert bits.ue() == 1
    columns = picture.width // 16
    block = 0
    while bits.more:
        if not intra:
            block += bits.ue()
            if not bits.more:
                break
        assert bits.ue() == (25 if intra else 30)
        bits.at = -(-bits.at // 8) * 8
        raw = bits.data[bits.at // 8 : bits.at // 8 + 384]
        bits.at += 384 * 8
        planes = [
            Image.frombytes("L", (16, 16), raw[:256]),
            Image.frombytes("L", (8, 8), raw[256:320]).resize((16, 16), Image.Resampling.NEAREST),
            Image.frombytes("L", (8, 8), raw[320:]).resize((16, 16), Image.Resampling.NEAREST),
        ]
        picture.paste(Image.merge("YCbCr", planes), (block % columns * 16, block // columns * 16))
        block += 1
    return picture
