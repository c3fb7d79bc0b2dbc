"""Who signed an APK file on this machine."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.adb import signing_block


def signer_of(apk: Path) -> str | None:
    """SHA-256 of the certificate (APK Signature Scheme v2 or v3); None = has none."""
    size = apk.stat().st_size
    with apk.open("rb") as data:

        def read(start: int, count: int) -> bytes:
            data.seek(start)
            return data.read(count)

        start = max(size - signing_block.END_LENGTH, 0)
        directory = signing_block.directory_offset(read(start, size - start))
        if directory is None or directory < 32:
            return None
        length = signing_block.block_length(read(directory - 24, 24))
        if length is None or length > directory:
            return None
        return signing_block.certificate_sha256(read(directory - length, length))
