"""Chains whose fault lies not in the leaf's name or dates: issuers and purposes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ODD_KINDS = ("expired_intermediate", "client_purpose", "no_names", "own_root_sent")
"""expired_intermediate: a sound leaf under an issuer that ran out (as of a root in 2021).
client_purpose: a leaf for clients only. no_names: a common name and no alternative names.
own_root_sent: a company's own root at the end of the chain."""

_DAY = timedelta(days=1)
_Key = ec.EllipticCurvePrivateKey
_Pair = tuple[_Key, x509.Certificate]


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(
    subject: str, key: _Key, issuer: _Pair | None, days: tuple[int, int], *more: x509.ExtensionType
) -> x509.Certificate:
    """`days`: begin and end from now; `issuer` None: signed by itself."""
    now = datetime.now(tz=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(subject) if issuer is None else issuer[1].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + days[0] * _DAY)
        .not_valid_after(now + days[1] * _DAY)
    )
    for extension in more:
        critical = isinstance(extension, x509.BasicConstraints)
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key if issuer is None else issuer[0], hashes.SHA256())


def _trusted(authority: trustme.CA) -> _Pair:
    key = serialization.load_pem_private_key(authority.private_key_pem.bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key, x509.load_pem_x509_certificate(authority.cert_pem.bytes())


def odd_chain(kind: str, host: str, authority: trustme.CA) -> bytes:
    """Key and chain as PEM; `authority` is the one that is trusted. Raises KeyError."""
    if kind not in ODD_KINDS:
        raise KeyError(kind)
    issuer, above = _trusted(authority), list[x509.Certificate]()
    if kind in {"expired_intermediate", "own_root_sent"}:
        gone = kind == "expired_intermediate"
        key = ec.generate_private_key(ec.SECP256R1())
        days = (-900, -2) if gone else (-900, 900)
        issuer_above = issuer if gone else None
        constraint = x509.BasicConstraints(ca=True, path_length=None)
        own = _certificate("Lab Issuing R9", key, issuer_above, days, constraint)
        issuer, above = (key, own), [own]
    leaf_key = ec.generate_private_key(ec.SECP256R1())
    purpose = ExtendedKeyUsageOID.SERVER_AUTH
    if kind == "client_purpose":
        purpose = ExtendedKeyUsageOID.CLIENT_AUTH
    more: list[x509.ExtensionType] = [x509.ExtendedKeyUsage([purpose])]
    if kind != "no_names":
        more.append(x509.SubjectAlternativeName([x509.DNSName(host)]))
    leaf = _certificate(host, leaf_key, issuer, (-30, 60), *more)
    pem = serialization.Encoding.PEM
    private = leaf_key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return b"".join([private, *(one.public_bytes(pem) for one in (leaf, *above))])
