"""The lab's own authority and a certificate for each of its members."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from harness.ports import InstrumentError

AUTHORITY, AUTHORITY_KEY = "ca.pem", "ca-key.pem"
MEMBER, MEMBER_KEY = "member.pem", "member-key.pem"
USUAL = ("scheduler", "client")
"""Members of every lab; its hosts are named by whoever makes the certificates."""

AUTHORITY_DAYS, MEMBER_DAYS = 3650, 730
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


def make_certs(folder: Path, hosts: Sequence[str]) -> list[Path]:
    """A folder for each member, to be copied to it; what is there already stays.

    `folder` keeps the authority: with its key new hosts are added later. Raises
    InstrumentError("lab", …) for a name that is none or a folder that cannot be written.
    """
    for name in hosts:
        if not _NAME.fullmatch(name):
            raise InstrumentError(
                "lab", f"make a certificate for {name!r}", "that is no host name",
                advice="Use letters, digits, dots and dashes.",
            )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        authority, key = _authority(folder)
        members = [folder / name for name in dict.fromkeys((*USUAL, *hosts))]
        for member in members:
            if not (member / MEMBER_KEY).exists():
                _member(member, authority, key)
    except (OSError, ValueError) as error:
        raise InstrumentError("lab", f"make certificates in {folder}", str(error)) from error
    return members


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    path, key_path = folder / AUTHORITY, folder / AUTHORITY_KEY
    if path.exists() and key_path.exists():
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{key_path}: it is not a key of ours")
        return x509.load_pem_x509_certificate(path.read_bytes()), key
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "harness lab")])
    constraint = x509.BasicConstraints(ca=True, path_length=0)
    made = (
        _builder(name, name, key, AUTHORITY_DAYS)
        .add_extension(constraint, critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_path, _pem(key))
    _write(path, made.public_bytes(serialization.Encoding.PEM))
    return made, key


def _member(folder: Path, authority: x509.Certificate, signer: ec.EllipticCurvePrivateKey) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, folder.name)])
    both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    made = (
        _builder(name, authority.subject, key, MEMBER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(both, critical=False)
        .add_extension(signed_by, critical=False)
        .add_extension(x509.SubjectAlternativeName([_alternative(folder.name)]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True, mode=0o700)
    _write(folder / AUTHORITY, authority.public_bytes(serialization.Encoding.PEM))
    _write(folder / MEMBER, made.public_bytes(serialization.Encoding.PEM))
    _write(folder / MEMBER_KEY, _pem(key))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # clocks of a lab differ
        .not_valid_after(now + timedelta(days=days))
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, data: bytes) -> None:
    """Only its owner can read it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(data)
