"""Tells the process that started us where the proxy listens, once it does."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from mitmproxy import ctx

CA_FILE = "mitmproxy-ca-cert.pem"
"""The name that mitmproxy gives the certificate in its confdir."""


class Ready(msgspec.Struct, frozen=True):
    """Content of the ready file."""

    host: str
    port: int
    pid: int
    ca: str


def listening() -> tuple[str, int]:
    """Host and port of the first listener. Raises RuntimeError when there is none."""
    server: Any = ctx.master.addons.get("proxyserver")
    addresses = server.listen_addrs() if server is not None else []
    if not addresses:
        raise RuntimeError("mitmproxy runs but listens nowhere")
    return str(addresses[0][0]), int(addresses[0][1])


def ca_path() -> Path:
    """mitmproxy's CA certificate."""
    return Path(ctx.options.confdir).expanduser() / CA_FILE


def ca_fingerprint(path: Path) -> str:
    """SHA-256 of the certificate's DER form, in hex."""
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def announce(path: Path, ready: Ready) -> None:
    """Writes the file at once, so that a reader never sees half of it."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(msgspec.json.encode(ready))
    partial.replace(path)
