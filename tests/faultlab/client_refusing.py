"""App stand-ins that do not accept the proxy's certificate, each in its own way."""

from __future__ import annotations

import contextlib
import ssl
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from tests.faultlab.certificates import limit
from tests.faultlab.client import Route, reset, secured, tunnel

UNKNOWN_CA, BAD_CERTIFICATE, CERTIFICATE_EXPIRED, CERTIFICATE_UNKNOWN = 48, 42, 45, 46
INTERNAL_ERROR, ACCESS_DENIED, CLOSE_NOTIFY = 80, 49, 0
_FATAL = 2


def untrusting(route: Route, host: str) -> None:
    """Verifies against an empty store: alert unknown_ca, as OpenSSL sends it."""
    with contextlib.suppress(OSError):
        secured(Route(route.host, route.port, None), host, "http/1.1").close()


def alerting(
    route: Route, host: str, alert: int | None, *, abrupt: bool = False, old: bool = False
) -> None:
    """Reads the proxy's certificate, then sends `alert` in clear and leaves.

    `alert` None: leaves without a word, by RST when `abrupt`. `old`: TLS 1.2.
    """
    with contextlib.suppress(OSError), tunnel(route, host) as sock:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        if old:
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        engine = context.wrap_bio(incoming, outgoing, server_hostname=host)
        with contextlib.suppress(ssl.SSLWantReadError):
            engine.do_handshake()
        sock.sendall(outgoing.read())
        sock.settimeout(3.0)
        sock.recv(65536)
        if alert is not None:
            level = 1 if alert == CLOSE_NOTIFY else _FATAL
            sock.sendall(bytes([21, 3, 3, 0, 2, level, alert]))
            sock.shutdown(1)
        elif abrupt:
            reset(sock)


def leaving_after_handshake(route: Route, host: str, ending: str = "fin") -> None:
    """Completes the handshake, compares pins, closes; no request. `ending`: fin, rst, notify."""
    with contextlib.suppress(OSError):
        sock = secured(route, host, "http/1.1")
        if ending == "rst":
            reset(sock)
            return
        if ending == "notify":
            sock.settimeout(0.2)
            with contextlib.suppress(OSError):
                sock.unwrap()
        sock.close()


def too_old(route: Route, host: str) -> None:
    """Offers TLS 1.1 at most."""
    with contextlib.suppress(OSError), tunnel(route, host) as sock:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("ALL:@SECLEVEL=0")
        limit(context, ssl.TLSVersion.TLSv1_1)
        context.wrap_socket(sock, server_hostname=host).close()


def alerting_after_handshake(route: Route, host: str, alert: int = CERTIFICATE_UNKNOWN) -> None:
    """TLS 1.3: completes the handshake, then sends a fatal alert under the application key.

    Python cannot send one, so the record is sealed here with the secret from the key log
    (RFC 8446, 5.2 and 7.3).
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(OSError):
        sock = tunnel(route, host)
        log = Path(folder) / "keys"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.keylog_filename = str(log)
        if route.ca is not None:
            context.load_verify_locations(route.ca)
        duplicate = sock.dup()
        with duplicate, context.wrap_socket(sock, server_hostname=host) as secure:
            cipher = secure.cipher()
            record = sealed_alert(_secret(log), cipher[0] if cipher else "", alert)
            duplicate.sendall(record)
            secure.settimeout(0.4)
            with contextlib.suppress(OSError):
                secure.recv(10)


def _secret(log: Path) -> bytes:
    lines = log.read_text(encoding="ascii").splitlines()
    line = next(line for line in lines if line.startswith("CLIENT_TRAFFIC_SECRET_0"))
    return bytes.fromhex(line.split()[2])


def _expand(secret: bytes, label: str, length: int, algorithm: HashAlgorithm) -> bytes:
    name = b"tls13 " + label.encode()
    info = length.to_bytes(2, "big") + bytes([len(name)]) + name + b"\x00"
    return HKDFExpand(algorithm, length, info).derive(secret)


def sealed_alert(secret: bytes, cipher: str, alert: int) -> bytes:
    """The first application record of the client: a fatal alert. AES-GCM suites only."""
    wide = cipher == "TLS_AES_256_GCM_SHA384"
    algorithm: HashAlgorithm = SHA384() if wide else SHA256()
    key = _expand(secret, "key", 32 if wide else 16, algorithm)
    nonce = _expand(secret, "iv", 12, algorithm)  # sequence number 0
    inner = bytes([_FATAL, alert, 21])
    header = bytes([23, 3, 3]) + (len(inner) + 16).to_bytes(2, "big")
    return header + AESGCM(key).encrypt(nonce, inner, header)
