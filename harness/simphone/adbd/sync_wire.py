"""The records of adb's sync protocol (AOSP `adb/file_sync_protocol.h`), as bytes.

All numbers are little endian. v1 records hold sizes and times in 32 bits.
"""

from __future__ import annotations

import struct

from harness.simphone.contracts import Stat

DATA_LIMIT = 64 * 1024
"""Bytes of one DATA record at most."""
_U32 = 0xFFFFFFFF
_STAT_V1 = struct.Struct("<III")  # mode, size, mtime
_STAT_V2 = struct.Struct("<IQQIIIIQqqq")  # error, dev, ino, mode, nlink, uid, gid, size, times
_LENGTH = struct.Struct("<I")

REQUEST = struct.Struct("<4sI")
"""Id and length of the path that follows (DONE: the time, DATA: the size)."""


def name_bytes(name: str) -> bytes:
    """A file name as the phone's kernel has it."""
    return name.encode(errors="surrogateescape")


def stat_v1(found: Stat | None) -> bytes:
    """The answer to STAT; all zero when missing."""
    return b"STAT" + _fields_v1(found)


def stat_v2(kind: bytes, found: Stat | None, error: int) -> bytes:
    """The answer to STA2 and LST2 (72 bytes); `error` is an errno, 0 when found."""
    return kind + _fields_v2(found, error)


def entry_v1(name: str, found: Stat | None) -> bytes:
    """One DENT of LIST."""
    return b"DENT" + _fields_v1(found) + _counted(name)


def entry_v2(name: str, found: Stat | None, error: int) -> bytes:
    """One DNT2 of LIS2."""
    return b"DNT2" + _fields_v2(found, error) + _counted(name)


def end_v1() -> bytes:
    """The end of LIST."""
    return b"DONE" + bytes(16)


def end_v2() -> bytes:
    """The end of LIS2."""
    return b"DONE" + bytes(_STAT_V2.size + _LENGTH.size)


def okay() -> bytes:
    return b"OKAY" + bytes(4)


def done() -> bytes:
    """The end of RECV."""
    return b"DONE" + bytes(4)


def fail(message: str) -> bytes:
    text = message.encode()
    return b"FAIL" + _LENGTH.pack(len(text)) + text


def data(content: bytes) -> bytes:
    """`content` as DATA records of at most DATA_LIMIT bytes."""
    pieces = (content[at : at + DATA_LIMIT] for at in range(0, len(content), DATA_LIMIT))
    return b"".join(b"DATA" + _LENGTH.pack(len(piece)) + piece for piece in pieces)


def _counted(name: str) -> bytes:
    encoded = name_bytes(name)
    return _LENGTH.pack(len(encoded)) + encoded


def _fields_v1(found: Stat | None) -> bytes:
    if found is None:
        return bytes(_STAT_V1.size)
    return _STAT_V1.pack(found.mode, found.size & _U32, int(found.mtime) & _U32)


def _fields_v2(found: Stat | None, error: int) -> bytes:
    if found is None:
        return _STAT_V2.pack(error, *([0] * 10))
    return _STAT_V2.pack(
        0,
        found.dev,
        found.ino,
        found.mode,
        found.nlink,
        found.uid,
        found.gid,
        found.size,
        int(found.atime),
        int(found.mtime),
        int(found.ctime),
    )
