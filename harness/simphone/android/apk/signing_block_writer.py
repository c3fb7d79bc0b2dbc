"""Puts an APK Signing Block (scheme v2) before the central directory of a written APK.

The layout is the real one, so that anyone who reads the end of the file finds the
signer's certificate; digests and signatures in it are empty, since nothing verifies them.
"""

from __future__ import annotations

import struct

from harness.simphone.android.apk.signing import BLOCK_MAGIC, END_OF_DIRECTORY, SCHEMES

_V2 = SCHEMES[1]


def with_block(apk: bytes, certificate: bytes) -> bytes:
    """The APK's bytes with the block; offsets in its end record are moved."""
    end = apk.rindex(END_OF_DIRECTORY)
    (directory,) = struct.unpack_from("<I", apk, end + 16)
    block = _block(certificate)
    moved = bytearray(apk[end:])
    struct.pack_into("<I", moved, 16, directory + len(block))
    return apk[:directory] + block + apk[directory:end] + bytes(moved)


def _block(certificate: bytes) -> bytes:
    digests = _prefixed(b"")
    signed_data = digests + _prefixed(_prefixed(certificate)) + _prefixed(b"")
    one = _prefixed(_prefixed(signed_data) + _prefixed(b"") + _prefixed(b""))
    value = struct.pack("<I", _V2) + _prefixed(one)
    pair = struct.pack("<Q", len(value)) + value
    size = struct.pack("<Q", len(pair) + 24)
    return size + pair + size + BLOCK_MAGIC


def _prefixed(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data
