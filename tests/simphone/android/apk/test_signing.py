import hashlib
import struct
from pathlib import Path
from zipfile import ZipFile

from harness.simphone.android.apk.build import build_apk
from harness.simphone.android.apk.signing import BLOCK_MAGIC, signer
from tests.simphone.android.phone import app_spec


def test_the_stand_in_counts_without_a_signature(tmp_path: Path) -> None:
    apk = build_apk(tmp_path / "a.apk", app_spec(signer="somebody"))
    assert signer(apk) == hashlib.sha256(b"somebody").hexdigest()


def test_an_unsigned_file_has_no_signer(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.apk", "w") as archive:
        archive.writestr("x", b"y")
    assert signer(tmp_path / "a.apk") == ""


def test_an_unreadable_v1_block_still_tells_signers_apart(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.apk", "w") as archive:
        archive.writestr("META-INF/CERT.RSA", b"not pkcs7")
    assert signer(tmp_path / "a.apk") == hashlib.sha256(b"not pkcs7").hexdigest()


def test_the_signing_block_wins(tmp_path: Path) -> None:
    apk = build_apk(tmp_path / "a.apk", app_spec())
    apk.write_bytes(_with_block(apk.read_bytes(), b"DER of a certificate"))
    assert signer(apk) == hashlib.sha256(b"DER of a certificate").hexdigest()


def _sized(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def _with_block(data: bytes, certificate: bytes) -> bytes:
    """The archive with an APK Signing Block (v2) before its central directory."""
    end = data.rfind(b"PK\x05\x06")
    directory = struct.unpack_from("<I", data, end + 16)[0]
    signed_data = _sized(_sized(b"digests") + _sized(_sized(certificate)))
    pair = struct.pack("<I", 0x7109871A) + _sized(_sized(signed_data))
    pairs = struct.pack("<Q", len(pair)) + pair
    size = len(pairs) + 24
    block = struct.pack("<Q", size) + pairs + struct.pack("<Q", size) + BLOCK_MAGIC
    moved = bytearray(data[:directory] + block + data[directory:])
    struct.pack_into("<I", moved, end + len(block) + 16, directory + len(block))
    return bytes(moved)
