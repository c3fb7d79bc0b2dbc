"""Does a host that breaks handshakes break them for every name, or for its own name only?

A filter on the way reads the name in the ClientHello and lets others pass; a broken
server breaks whatever it is asked for. So the same address is asked once more, without a
name. Nothing is sent after the handshake.
"""

import contextlib
import socket
import ssl
import time

from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap

NAME = "other_name"

_ALERTS = ("sslv3_", "tlsv1_", "tlsv13_")
"""Beginnings of OpenSSL's reasons that are the other side's alerts (ssl_err.c)."""


def other_name(host: str, port: int, *, resolve: ResolveMap, timeout: float = 1.5) -> ControlMade:
    """One handshake with the address of `host:port` that names no host.

    ok: something that speaks TLS answered (a refusal by alert or a certificate of another
    name included). failed: it broke off or stayed silent as it does for the name.
    not_made: the address was not reached. Never raises; `timeout` seconds bound it.
    """
    begun = time.monotonic()
    target = f"{host}:{port}"
    address = resolve.lookup(host, port) or (host, port)
    try:
        raw = socket.create_connection(address, timeout=timeout)
    except OSError as error:
        told = f"The address of {target} was not reached for a handshake without a name: {error}."
        return ControlMade(NAME, "not_made", told, target, seconds=_since(begun))
    with raw:
        raw.settimeout(max(0.1, timeout - (time.monotonic() - begun)))
        said = _shake_hands(raw)
    if said is None:
        told = f"The address of {target} answers a handshake that does not name the host."
        return ControlMade(NAME, "ok", told, target, seconds=_since(begun))
    told = (
        f"The address of {target} breaks a handshake that does not name the host as well: {said}."
    )
    return ControlMade(NAME, "failed", told, target, {"tls": said}, _since(begun))


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 4)


def _shake_hands(raw: socket.socket) -> str | None:
    """None when the other side speaks TLS, else how it did not."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with context.wrap_socket(raw) as tls:
            with contextlib.suppress(OSError):
                tls.shutdown(socket.SHUT_RDWR)
            return None
    except ssl.SSLEOFError:
        return "closed"
    except ssl.SSLError as error:
        reason = (error.reason or str(error)).lower()
        return None if reason.startswith(_ALERTS) else f"no TLS: {reason.replace('_', ' ')}"
    except TimeoutError:
        return "no answer"
    except OSError:
        return "reset"
