"""The host-side probe: is the origin reached from this machine, past the proxy?

It goes no further than a harmless `HEAD /`; any HTTP answer is a success. It uses
the proxy's own resolve and CA map and never repeats a call of the app.
"""

import contextlib
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import certifi
from cryptography import x509

from harness.adapters.probe_http import ask
from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap

PLAIN_PORTS = frozenset({80, 8000, 8080})

# OpenSSL's X509_V_ERR_* numbers.
_VERIFY_CODES = {
    9: "certificate not yet valid",
    10: "certificate expired",
    18: "certificate self-signed",
    19: "certificate unknown issuer",
    20: "certificate unknown issuer",
    21: "certificate unknown issuer",
    62: "certificate for another host",
    64: "certificate for another host",
}


class StageError(Exception):
    """A stage did not come up; the text is a short reason from a fixed list."""


@dataclass(slots=True)
class _Reach:
    """One attempt: the stages so far and what was learnt on the way."""

    host: str
    port: int
    resolve: ResolveMap
    upstream_ca: Path | None
    deadline: float
    stages: dict[str, str] = field(default_factory=dict[str, str])
    issuer: str | None = None
    status: int | None = None

    def left(self) -> float:
        """Seconds until the deadline; raises StageError when none is left."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise StageError("timed out")
        return seconds


def _socket_reason(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return "reset"
    text = (error.strerror or str(error)).lower()
    return f"unreachable: {text}" if "reach" in text or "route" in text else f"error: {text}"


def _addresses(reach: _Reach) -> list[tuple[str, int]]:
    """Look-up bounded in time: getaddrinfo itself cannot be interrupted."""
    host, port = reach.resolve.lookup(reach.host, reach.port) or (reach.host, reach.port)
    found: list[tuple[str, int]] = []
    errors: list[OSError] = []

    def look_up() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend((str(entry[4][0]), port) for entry in entries)
        except OSError as error:
            errors.append(error)

    asked = threading.Thread(target=look_up, daemon=True)
    asked.start()
    asked.join(reach.left())
    if errors:
        number = errors[0].errno
        known = {
            socket.EAI_NONAME: "name not resolved",
            socket.EAI_AGAIN: "temporary failure",
        }
        raise StageError(f"{known.get(number or 0, 'no address')} (errno {number})")
    if not found:
        raise StageError("timed out")
    return found


def _dial(reach: _Reach, addresses: list[tuple[str, int]]) -> socket.socket:
    reason = "no address"
    for number, address in enumerate(addresses):
        share = reach.left() / (len(addresses) - number)
        try:
            return socket.create_connection(address, timeout=share)
        except OSError as error:
            reason = _socket_reason(error)
    raise StageError(reason)


def _context(reach: _Reach, *, verify: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols(["http/1.1", "h2"])
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    context.load_verify_locations(certifi.where())
    if reach.upstream_ca is not None:
        context.load_verify_locations(reach.upstream_ca)
    return context


def _note_issuer(reach: _Reach, tls: ssl.SSLSocket) -> None:
    der = tls.getpeercert(binary_form=True)
    with contextlib.suppress(ValueError):
        if der:
            reach.issuer = x509.load_der_x509_certificate(der).issuer.rfc4514_string()


def _fetch_issuer(reach: _Reach, addresses: list[tuple[str, int]]) -> None:
    """Who signed a certificate that did not verify; a second handshake, not checked."""
    with contextlib.suppress(OSError, StageError), _dial(reach, addresses) as raw:
        raw.settimeout(reach.left())
        context = _context(reach, verify=False)
        with context.wrap_socket(raw, server_hostname=reach.host) as tls:
            _note_issuer(reach, tls)


def _tls_reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _VERIFY_CODES.get(error.verify_code, f"certificate: {error.verify_message}")
    reason = (error.reason or str(error)).lower().replace("_", " ")
    if "wrong version number" in reason or "record layer failure" in reason:
        return "does not speak TLS"
    if "eof" in reason:
        return "closed"
    return f"alert: {reason}" if "alert" in reason else f"error: {reason}"


def _handshake(
    reach: _Reach, raw: socket.socket, addresses: list[tuple[str, int]]
) -> ssl.SSLSocket:
    raw.settimeout(reach.left())
    try:
        tls = _context(reach, verify=True).wrap_socket(raw, server_hostname=reach.host)
    except ssl.SSLError as error:
        if isinstance(error, ssl.SSLCertVerificationError):
            _fetch_issuer(reach, addresses)
        raise StageError(_tls_reason(error)) from error
    except OSError as error:
        raise StageError(_socket_reason(error)) from error
    _note_issuer(reach, tls)
    return tls


def _http(reach: _Reach, stream: socket.socket, path: str) -> None:
    stream.settimeout(reach.left())
    try:
        reach.status = ask(stream, reach.host, path, reach.left)
    except OSError as error:
        raise StageError(_socket_reason(error)) from error
    except ValueError as error:
        raise StageError(str(error)) from error


def _run(reach: _Reach, *, tls: bool, path: str) -> None:
    stage = "dns"
    try:
        addresses = _addresses(reach)
        reach.stages[stage] = "ok"
        stage = "tcp"
        with _dial(reach, addresses) as raw:
            reach.stages[stage] = "ok"
            stream: socket.socket = raw
            if tls:
                stage = "tls"
                stream = _handshake(reach, raw, addresses)
                reach.stages[stage] = "ok"
            stage = "http"
            with stream:
                _http(reach, stream, path)
            reach.stages[stage] = "ok"
    except StageError as error:
        reach.stages[stage] = f"failed: {error}"


def _attempt(reach: _Reach, *, tls: bool, path: str) -> None:
    names = ("dns", "tcp", "tls", "http") if tls else ("dns", "tcp", "http")
    reach.stages = dict.fromkeys(names, "not_reached")
    _run(reach, tls=tls, path=path)


def _finish(name: str, reach: _Reach, begun: float) -> ControlMade:
    seconds = time.monotonic() - begun
    target = f"{reach.host}:{reach.port}"
    broken = [(key, said) for key, said in reach.stages.items() if said.startswith("failed")]
    if broken:
        stage, said = broken[0]
        statement = f"From this machine {target} was not reached: {stage} {said}."
    else:
        answer = f"HTTP {reach.status}" if reach.status is not None else "an answer"
        statement = f"From this machine {target} was reached and gave {answer}."
    return ControlMade(
        name=name,
        result="failed" if broken else "ok",
        statement=statement,
        target=target,
        stages=dict(reach.stages),
        seconds=round(seconds, 4),
        certificate_issuer=reach.issuer,
        http_status=reach.status,
    )


def probe(
    host: str,
    port: int,
    *,
    resolve: ResolveMap,
    upstream_ca: Path | None,
    timeout: float = 2.0,
) -> ControlMade:
    """Reaches `host:port` from this machine: DNS, TCP, TLS, one harmless HTTP request.

    Never raises for what the network does; `timeout` bounds the whole attempt in
    seconds. `upstream_ca` is trusted beside the public roots, as the proxy does.
    """
    begun = time.monotonic()
    reach = _Reach(host, port, resolve, upstream_ca, begun + timeout)
    tls = port not in PLAIN_PORTS
    _attempt(reach, tls=tls, path="/")
    if tls and port != 443 and reach.stages.get("tls") == "failed: does not speak TLS":
        _attempt(reach, tls=False, path="/")
    return _finish("host_probe", reach, begun)


def control_site(
    url: str, *, resolve: ResolveMap, upstream_ca: Path | None, timeout: float = 2.0
) -> ControlMade:
    """Reaches a site that has nothing to do with the app.

    With a resolve map that does not name the site, the app's hosts are reached by
    another way than the site, which then says nothing: `not_made`.
    """
    parts = urlsplit(url)
    tls = parts.scheme != "http"
    host, port = parts.hostname or url, parts.port or (443 if tls else 80)
    if resolve.rules and resolve.lookup(host, port) is None:
        return ControlMade(
            name="control_site",
            result="not_made",
            statement=f"{host} was not asked: the app's hosts are sent to chosen addresses, "
            "so a public site says nothing about the way to them.",
            target=f"{host}:{port}",
        )
    begun = time.monotonic()
    reach = _Reach(host, port, resolve, upstream_ca, begun + timeout)
    _attempt(reach, tls=tls, path=parts.path or "/")
    return _finish("control_site", reach, begun)
