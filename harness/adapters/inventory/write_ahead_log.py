"""Puts a SQLite database's write-ahead log into its image, in memory.

Databases of apps hold messages and tokens: their copies must not reach our disk, and an
in-memory database has no log of its own (format: sqlite.org/fileformat2.html, section 4).
"""

from __future__ import annotations

import struct

MAGIC = b"SQLite format 3\0"
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_LITTLE, _BIG = 0x377F0682, 0x377F0683


def merged(database: bytes, log: bytes) -> bytes:
    """The image with all committed pages of the log, set to the rollback mode."""
    image = bytearray(database)
    pages, size, page_size = _committed(log)
    for number, page in pages.items():
        start = (number - 1) * page_size
        if start > len(image):
            image.extend(bytes(start - len(image)))
        image[start : start + page_size] = page
    if size:
        del image[size * page_size :]
    if image.startswith(MAGIC) and len(image) > 20:
        image[18:20] = b"\x01\x01"  # an in-memory database cannot be in WAL mode
    return bytes(image)


def _committed(log: bytes) -> tuple[dict[int, bytes], int, int]:
    """Pages by number up to the last commit, the size then in pages, and the page size."""
    if len(log) < _HEADER.size:
        return {}, 0, 0
    magic, _, page_size, _, salt1, salt2, check1, check2 = _HEADER.unpack_from(log)
    if magic not in {_LITTLE, _BIG} or not 512 <= page_size <= 65536:
        return {}, 0, 0
    order = "<" if magic == _LITTLE else ">"
    sums = _checksum(log[:24], (0, 0), order)
    if sums != (check1, check2):
        return {}, 0, 0
    done: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    size, at = 0, _HEADER.size
    while at + _FRAME.size + page_size <= len(log):
        number, commit, one, two, check1, check2 = _FRAME.unpack_from(log, at)
        page = log[at + _FRAME.size : at + _FRAME.size + page_size]
        sums = _checksum(log[at : at + 8], sums, order)
        sums = _checksum(page, sums, order)
        if (one, two) != (salt1, salt2) or sums != (check1, check2):
            break  # left over from an earlier turn of the log
        pending[number] = page
        if commit:
            done |= pending
            pending, size = {}, commit
        at += _FRAME.size + page_size
    return done, size, page_size


def _checksum(data: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for index in range(0, len(words), 2):
        one = (one + words[index] + two) & 0xFFFFFFFF
        two = (two + words[index + 1] + one) & 0xFFFFFFFF
    return one, two
