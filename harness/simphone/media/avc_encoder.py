"""A small H.264 encoder: what changed is sent as it is (I_PCM), what did not is skipped.

Constrained Baseline (ITU-T H.264), as simple phones record it; every decoder plays it. No
transform and no prediction, hence exact pixels and large files: the size of a picture
is 384 bytes for each changed block of 16 x 16 pixels.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from PIL import Image

from harness.simphone.media.avc_bits import Bits, guard, nal
from harness.simphone.media.mp4_boxes import box

BLOCK = 16
BLOCK_BYTES = 384  # 16 x 16 of brightness, twice 8 x 8 of colour
_PROFILE, _CONSTRAINTS = 66, 0xC0
_LEVELS = ((396, 20), (1620, 30), (3600, 31), (8192, 40), (22080, 50), (36864, 51))
_INTRA_ALL, _PREDICTED_ALL = 7, 5  # slice types (table 7-6)
_PCM_IN_INTRA, _PCM_IN_PREDICTED = 25, 30  # macroblock types (tables 7-11 and 7-13)
_SPS, _PPS, _IDR, _SLICE = 0x67, 0x68, 0x65, 0x41
_FRAME_NUMBERS = 256
_BT601 = 6


@dataclass(frozen=True, slots=True)
class Coded:
    """One picture as a sample of the file."""

    data: bytes
    sync: bool  # can be played from here


class AvcEncoder:
    """Codes one picture after the other; the size is that of the first."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._columns, self._rows = -(-width // BLOCK), -(-height // BLOCK)
        self._before: list[bytes] | None = None
        self._number = 0
        self._restarts = 0

    def changed(self, image: Image.Image) -> int:
        """How many blocks differ from the picture before."""
        blocks = self._blocks(image)
        before = self._before or []
        return sum(a != b for a, b in zip(blocks, before, strict=True)) if before else len(blocks)

    def code(self, image: Image.Image, *, sync: bool = False) -> Coded:
        """The next picture, RGB of the encoder's size; the first one is always a `sync`."""
        blocks = self._blocks(image)
        before = None if sync else self._before
        self._number = 0 if before is None else (self._number + 1) % _FRAME_NUMBERS
        bits = self._slice_header(intra=before is None)
        if before is None:
            for block in blocks:
                _put_block(bits, _PCM_IN_INTRA, block)
        else:
            self._put_changes(bits, before, blocks)
        self._before = blocks
        return Coded(nal(_IDR if before is None else _SLICE, bits.ended()), before is None)

    def sample_entry(self) -> bytes:
        """The avcC box (ISO/IEC 14496-15)."""
        sps, pps = bytes([_SPS]) + guard(self._sps()), bytes([_PPS]) + guard(_pps())
        head = struct.pack(">BBBBBB", 1, _PROFILE, _CONSTRAINTS, self._level, 0xFF, 0xE1)
        counted = struct.pack(">H", len(sps)) + sps + b"\1" + struct.pack(">H", len(pps)) + pps
        return box("avcC", head, counted)

    @property
    def _level(self) -> int:
        blocks = self._columns * self._rows
        return next((level for most, level in _LEVELS if blocks <= most), _LEVELS[-1][1])

    def _put_changes(self, bits: Bits, before: list[bytes], blocks: list[bytes]) -> None:
        skipped = 0
        for old, new in zip(before, blocks, strict=True):
            if old == new:
                skipped += 1
                continue
            bits.ue(skipped)
            skipped = 0
            _put_block(bits, _PCM_IN_PREDICTED, new)
        if skipped:
            bits.ue(skipped)

    def _slice_header(self, *, intra: bool) -> Bits:
        bits = Bits()
        bits.ue(0)  # first block
        bits.ue(_INTRA_ALL if intra else _PREDICTED_ALL)
        bits.ue(0)  # picture parameters
        bits.put(self._number, 8)
        if intra:
            bits.ue(self._restarts % 2)  # two restarts in a row differ
            self._restarts += 1
            bits.put(0, 2)  # earlier pictures may be shown; nothing is kept for long
        else:
            bits.put(0, 3)  # references as they are; marked by sliding window
        bits.ue(0)  # quantiser: unused by I_PCM
        bits.ue(1)  # no filter at block edges
        return bits

    def _sps(self) -> bytes:
        bits = Bits()
        for value in (_PROFILE, _CONSTRAINTS, self._level):
            bits.put(value, 8)
        for code in (0, 4, 2, 1):  # id, 8 bits of frame number, order of decoding, 1 reference
            bits.ue(code)
        bits.put(0, 1)  # no gaps
        bits.ue(self._columns - 1)
        bits.ue(self._rows - 1)
        bits.put(0b11, 2)  # frames only, 8x8 inference
        right, below = self._columns * BLOCK - self.width, self._rows * BLOCK - self.height
        bits.put(int(bool(right or below)), 1)
        if right or below:
            for cut in (0, right // 2, 0, below // 2):
                bits.ue(cut)
        bits.put(0b1001, 4)  # usage follows: no aspect ratio, no overscan, signal type
        bits.put(5, 3)
        bits.put(0b11, 2)  # full range, with colours
        for _ in range(3):
            bits.put(_BT601, 8)
        bits.put(0, 6)  # chroma place, timing, two decoders' models, pictures, restrictions
        return bits.ended()

    def _blocks(self, image: Image.Image) -> list[bytes]:
        """Each block's 384 bytes, row by row; edges are repeated into the last blocks."""
        width, height = self._columns * BLOCK, self._rows * BLOCK
        if image.size != (width, height):
            wide = Image.new("RGB", (width, height))
            wide.paste(image, (0, 0))
            image = wide
        brightness, blue, red = image.convert("YCbCr").split()
        half = (width // 2, height // 2)
        planes = (
            (brightness.tobytes(), width, BLOCK),
            (blue.resize(half, Image.Resampling.BOX).tobytes(), width // 2, BLOCK // 2),
            (red.resize(half, Image.Resampling.BOX).tobytes(), width // 2, BLOCK // 2),
        )
        return [
            b"".join(
                data[start : start + side]
                for data, stride, side in planes
                for start in range(
                    row * side * stride + column * side, (row + 1) * side * stride, stride
                )
            )
            for row in range(self._rows)
            for column in range(self._columns)
        ]


def _put_block(bits: Bits, kind: int, block: bytes) -> None:
    bits.ue(kind)
    bits.align()
    bits.put_bytes(block)


def _pps() -> bytes:
    bits = Bits()
    bits.ue(0)
    bits.ue(0)
    bits.put(0, 2)  # CAVLC, no bottom field order
    for _ in range(3):
        bits.ue(0)  # one slice group, one reference
    bits.put(0, 3)  # no weights
    for _ in range(3):
        bits.ue(0)  # quantisers
    bits.put(0b100, 3)  # slices say whether block edges are filtered
    return bits.ended()
