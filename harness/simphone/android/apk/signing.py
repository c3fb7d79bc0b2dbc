"""Who signed an APK: the SHA-256 of the certificate.

Looked for in this order: the APK Signing Block (scheme v2 and v3, the newer
first), a v1 signature (`META-INF/*.RSA`), and `META-INF/CERT.SHA`, which is
this project's own stand-in: our written APKs carry there the text whose
SHA-256 counts as the signer. No signature is ever verified.
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from zipfile import ZipFile

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates

STAND_IN = "META-INF/CERT.SHA"
BLOCK_MAGIC = b"APK Sig Block 42"
SCHEMES = (0xF05368C0, 0x7109871A)  # v3, v2
END_OF_DIRECTORY = b"PK\x05\x06"


def signer(path: Path) -> str:
    """SHA-256 (hex) of the signer; "" when the APK is not signed."""
    certificate = _block_certificate(path)
    if certificate is not None:
        return hashlib.sha256(certificate).hexdigest()
    with ZipFile(path) as archive:
        names = archive.namelist()
        for name in names:
            if name.startswith("META-INF/") and name.endswith((".RSA", ".DSA", ".EC")):
                return _pkcs7(archive.read(name))
        if STAND_IN in names:
            return hashlib.sha256(archive.read(STAND_IN).strip()).hexdigest()
    return ""


def _pkcs7(data: bytes) -> str:
    try:
        certificates = load_der_pkcs7_certificates(data)
    except ValueError:
        return hashlib.sha256(data).hexdigest()
    der = certificates[0].public_bytes(Encoding.DER)
    return hashlib.sha256(der).hexdigest()


def _block_certificate(path: Path) -> bytes | None:
    """DER of the first certificate in the APK Signing Block, if there is one."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - 65_557)  # longest comment and the end record
        file.seek(start)
        tail = file.read()
        at = tail.rfind(END_OF_DIRECTORY)
        if at < 0:
            return None
        directory = struct.unpack_from("<I", tail, at + 16)[0]
        if directory < 32:
            return None
        file.seek(directory - 24)
        footer = file.read(24)
        if footer[8:] != BLOCK_MAGIC:
            return None
        length = struct.unpack_from("<Q", footer)[0]
        file.seek(directory - length)
        block = file.read(length - 24)
    return _certificate(block)


def _certificate(block: bytes) -> bytes | None:
    pairs: dict[int, bytes] = {}
    at = 0
    while at + 12 <= len(block):
        length, number = struct.unpack_from("<QI", block, at)
        pairs[number] = block[at + 12 : at + 8 + length]
        at += 8 + length
    for scheme in SCHEMES:
        if scheme in pairs:
            signers = _prefixed(pairs[scheme], 0)
            signed_data = _prefixed(_prefixed(signers, 0), 0)
            digests = _prefixed(signed_data, 0)
            return _prefixed(_prefixed(signed_data, 4 + len(digests)), 0)
    return None


def _prefixed(data: bytes, at: int) -> bytes:
    """The bytes behind a 32-bit length."""
    length = struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : at + 4 + length]
