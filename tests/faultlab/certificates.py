"""Certificates of every kind that an origin can get wrong, from authorities of this run."""

from __future__ import annotations

import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faultlab.certificates_odd import ODD_KINDS, odd_chain

KINDS = (
    "good",
    "expired",
    "not_yet",
    "self_signed",
    "wrong_host",
    "missing_intermediate",
    "unknown_issuer",
    "portal",
    "inspection",
    *ODD_KINDS,
)


@dataclass(frozen=True, slots=True)
class TlsPlan:
    """How an origin speaks TLS.

    `ask_client`: wants a certificate of the app. `after`: seconds by which it begins late.
    """

    kind: str = "good"
    alpn: tuple[str, ...] = ("http/1.1",)
    newest: ssl.TLSVersion | None = None
    ciphers: str | None = None
    ask_client: bool = False
    after: float = 0.0


def _window(kind: str) -> tuple[datetime | None, datetime | None]:
    now = datetime.now(tz=UTC)
    if kind == "expired":
        return now - timedelta(days=90), now - timedelta(days=3)
    if kind == "not_yet":
        return now + timedelta(days=3), now + timedelta(days=90)
    return None, None


def _self_signed(host: str) -> tuple[bytes, bytes]:
    """(key, certificate) as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return key_pem, certificate.public_bytes(serialization.Encoding.PEM)


def limit(context: ssl.SSLContext, newest: ssl.TLSVersion) -> None:
    """No newer version than this; the deprecated ones on purpose, so without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = min(newest, ssl.TLSVersion.TLSv1_2)
        context.maximum_version = newest


class Authorities:
    """The trusted authority of a run and the untrusted ones beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._good = trustme.CA(organization_name="Lab Trust")
        self._child = self._good.create_child_ca()
        self._other = trustme.CA(organization_name="Unlisted Issuer")
        self._portal = trustme.CA(organization_name="Hotel Guest Network")
        self._inspection = trustme.CA(organization_name="Corporate Web Gateway")
        self._portal_leaf = self._portal.issue_cert("login.guest-network.example")
        self.trusted = folder / "upstream-ca.pem"
        self._good.cert_pem.write_to_path(str(self.trusted))

    def context(self, host: str, plan: TlsPlan) -> ssl.SSLContext:
        """A server context for `host`. Raises KeyError for an unknown kind."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if plan.newest is not None:
            limit(context, plan.newest)
        if plan.ciphers is not None:
            context.set_ciphers(plan.ciphers)
        if plan.alpn:
            context.set_alpn_protocols(list(plan.alpn))
        if plan.ask_client:
            context.verify_mode = ssl.CERT_REQUIRED
            self._good.configure_trust(context)
        context.load_cert_chain(self._chain(host, plan.kind))
        return context

    def _chain(self, host: str, kind: str) -> Path:
        if kind not in KINDS:
            raise KeyError(kind)
        self._count += 1
        path = self._folder / f"chain-{self._count}.pem"
        if kind == "self_signed":
            path.write_bytes(b"".join(_self_signed(host)))
            return path
        if kind in ODD_KINDS:
            path.write_bytes(odd_chain(kind, host, self._good))
            return path
        leaf = self._leaf(host, kind)
        pems = leaf.cert_chain_pems[:1] if kind == "missing_intermediate" else leaf.cert_chain_pems
        parts = [leaf.private_key_pem.bytes(), *(pem.bytes() for pem in pems)]
        path.write_bytes(b"".join(parts))
        return path

    def _leaf(self, host: str, kind: str) -> trustme.LeafCert:
        if kind == "portal":
            return self._portal_leaf
        if kind == "wrong_host":
            return self._good.issue_cert("shared-hosting.example")
        authority = {
            "missing_intermediate": self._child,
            "unknown_issuer": self._other,
            "inspection": self._inspection,
        }.get(kind, self._good)
        begins, ends = _window(kind)
        return authority.issue_cert(host, not_before=begins, not_after=ends)
