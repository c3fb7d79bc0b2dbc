import hashlib
import struct

import pytest

from harness.adapters.adb import signing_block as block


def prefixed(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def signing_block_with(certificate: bytes, scheme: int = 0x7109871A) -> bytes:
    signed = prefixed(b"digests") + prefixed(prefixed(certificate)) + prefixed(b"")
    value = prefixed(prefixed(prefixed(signed)))
    pair = struct.pack("<QI", len(value) + 4, scheme) + value
    size = len(pair) + 8 + 16
    return struct.pack("<Q", size) + pair + struct.pack("<Q", size) + block.MAGIC


@pytest.mark.parametrize("scheme", [0x7109871A, 0xF05368C0, 0x1B93AD61])
def test_the_first_signers_certificate(scheme: int) -> None:
    data = signing_block_with(b"certificate", scheme)

    assert block.block_length(data[-24:]) == len(data)
    assert block.certificate_sha256(data) == hashlib.sha256(b"certificate").hexdigest()


def test_unsigned_or_unknown_is_none() -> None:
    assert block.block_length(b"x" * 24) is None
    assert block.certificate_sha256(signing_block_with(b"c", 0x42)) is None


def test_the_directory_is_found_from_the_end_record() -> None:
    end = b"PK\x05\x06" + b"\0" * 12 + struct.pack("<I", 4711) + b"\0\0"

    assert block.directory_offset(b"zip" + end) == 4711
    assert block.directory_offset(b"no zip at all") is None
