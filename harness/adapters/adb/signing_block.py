"""The certificate in an APK Signing Block (v2, v3), read from the end of the file. Pure.

Layout: source.android.com/docs/security/features/apksigning/v2. The block stands right
before the ZIP central directory.
"""

from __future__ import annotations

import hashlib
import struct

MAGIC = b"APK Sig Block 42"
END_LENGTH = 22 + 65535
"""Bytes at the end of a ZIP within which its end record stands."""

_END_MARK = b"PK\x05\x06"
_V2, _V3, _V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61


def directory_offset(tail: bytes) -> int | None:
    """Offset of the central directory, from the last bytes of the file."""
    at = tail.rfind(_END_MARK)
    if at < 0 or at + 20 > len(tail):
        return None
    return int(struct.unpack_from("<I", tail, at + 16)[0])


def block_length(before_directory: bytes) -> int | None:
    """Length of the signing block, from the 24 bytes before the directory; None = unsigned."""
    if len(before_directory) < 24 or before_directory[-16:] != MAGIC:
        return None
    return int(struct.unpack_from("<Q", before_directory, len(before_directory) - 24)[0]) + 8


def certificate_sha256(block: bytes) -> str | None:
    """SHA-256 of the first signer's certificate in the whole signing block."""
    at, end = 8, len(block) - 24
    schemes: dict[int, bytes] = {}
    while at + 12 <= end:
        length, scheme = struct.unpack_from("<QI", block, at)
        schemes[scheme] = block[at + 12 : at + 8 + length]
        at += 8 + length
    for scheme in (_V31, _V3, _V2):
        if scheme in schemes:
            return _first_certificate(schemes[scheme])
    return None


def _first_certificate(value: bytes) -> str | None:
    try:
        signers = _prefixed(value)
        signer = _prefixed(signers)
        signed = _prefixed(signer)
        digests_length = struct.unpack_from("<I", signed)[0]
        certificates = _prefixed(signed[4 + digests_length :])
        certificate = _prefixed(certificates)
    except struct.error:
        return None
    return hashlib.sha256(certificate).hexdigest() if certificate else None


def _prefixed(data: bytes) -> bytes:
    length = struct.unpack_from("<I", data)[0]
    return data[4 : 4 + length]
