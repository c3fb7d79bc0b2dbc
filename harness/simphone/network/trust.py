"""The phone's certificate store: which folder counts, and how Android names its files."""

from __future__ import annotations

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from harness.simphone.contracts import FileSystem

APEX_STORE = "/apex/com.android.conscrypt/cacerts"
APEX_STORE_SINCE = 34
"""API level whose module holds the authorities; before it the folder is not there."""
SYSTEM_STORE = "/system/etc/security/cacerts"
PEM_END = b"-----END CERTIFICATE-----"


def store_name(pem: bytes) -> str:
    """`<hash>.0`: the file name by OpenSSL's old subject hash (MD5), as Android looks it up."""
    certificate = x509.load_pem_x509_certificate(pem)
    digest = hashlib.md5(certificate.subject.public_bytes()).digest()
    return f"{int.from_bytes(digest[:4], 'little'):08x}.0"


def install_authority(fs: FileSystem, pem: bytes) -> None:
    """Puts a CA that the phone ships with into the folders that exist."""
    certificate = x509.load_pem_x509_certificate(pem)
    data = certificate.public_bytes(Encoding.PEM)
    for folder in (SYSTEM_STORE, APEX_STORE):
        if folder == SYSTEM_STORE or _entries(fs, folder, "init") is not None:
            if _entries(fs, folder, "init") is None:
                fs.mkdir(folder, parents=True)
            fs.write(f"{folder}/{store_name(pem)}", data, mode=0o644)


def trusted_pem(fs: FileSystem) -> bytes:
    """PEM of all CAs that apps trust, as the zygote's mount namespace shows them.

    The APEX folder wins where it exists (Android 14), even when it is empty:
    a tmpfs mounted over it takes every root away, as on a real phone.
    """
    folder = APEX_STORE if _entries(fs, APEX_STORE, "zygote") is not None else SYSTEM_STORE
    parts: list[bytes] = []
    for name in _entries(fs, folder, "zygote") or []:
        try:
            data = fs.read(f"{folder}/{name}", uid=10_000, ns="zygote")
        except OSError:
            continue  # unreadable by apps (wrong mode): Android skips it too
        if PEM_END in data:
            start = data.index(b"-----BEGIN CERTIFICATE-----")
            parts.append(data[start : data.rindex(PEM_END) + len(PEM_END)])
    return b"\n".join(parts) + b"\n"


def _entries(fs: FileSystem, folder: str, ns: str) -> list[str] | None:
    try:
        return sorted(fs.listdir(folder, ns=ns))
    except OSError:
        return None
