"""A certificate authority of this run: made anew, its key never leaves the host."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KEY_FILE = "mitmproxy-ca.pem"
CERTIFICATE_FILE = "mitmproxy-ca-cert.pem"
"""The names under which mitmproxy looks for its authority in its confdir."""
ORGANISATION = "harness test capture"
"""In the subject of each of our authorities: a leftover on a phone can be recognised."""
_BACK = timedelta(days=2)
_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Authority:
    """Where the authority lies and how it is called."""

    folder: Path  # mode 0700, holds key and certificate
    certificate: Path  # PEM
    android_name: str  # file name in Android's store, e.g. "c8750f0d.0"
    sha256: str  # of the certificate's DER form


def subject_hash_old(certificate: x509.Certificate) -> str:
    """As `openssl x509 -subject_hash_old`: MD5 of the DER subject, first 4 bytes, little-endian."""
    digest = hashlib.md5(certificate.subject.public_bytes(), usedforsecurity=False).digest()
    return f"{int.from_bytes(digest[:4], 'little'):08x}"


def android_name(certificate: Path) -> str:
    """The file name under which Android's system store wants a PEM certificate."""
    return f"{subject_hash_old(x509.load_pem_x509_certificate(certificate.read_bytes()))}.0"


def make_authority(folder: Path) -> Authority:
    """Makes key (0600) and certificate in `folder` (0700), in the form mitmproxy reads.

    The subject is new each time, so that authorities of two runs never meet in a store.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = _certificate(key, f"harness {secrets.token_hex(4)}")
    pem = certificate.public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    key_file = folder / KEY_FILE
    key_file.touch(mode=0o600)
    key_file.write_bytes(private + pem)
    (folder / CERTIFICATE_FILE).write_bytes(pem)
    return Authority(
        folder=folder,
        certificate=folder / CERTIFICATE_FILE,
        android_name=f"{subject_hash_old(certificate)}.0",
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
    )


def _certificate(key: rsa.RSAPrivateKey, common_name: str) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
        ]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACK)
        .not_valid_after(now + _AHEAD)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
