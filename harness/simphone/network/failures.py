"""What can go wrong for an app that asks the network, as few kinds as an app tells apart."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx


class NetworkError(Exception):
    """A request brought no answer. `java` is the class that an Android log would name."""

    java = "java.io.IOException"


class OfflineError(NetworkError):
    """No active network: nothing was sent."""

    java = "java.net.ConnectException"


class NoAddressError(NetworkError):
    """The name has no address."""

    java = "java.net.UnknownHostException"


class UnreachableError(NetworkError):
    """No connection: refused, no route, or the proxy could not make one."""

    java = "java.net.ConnectException"


class TimedOutError(NetworkError):
    """No connection or no answer in time."""

    java = "java.net.SocketTimeoutException"


class TlsRefusedError(NetworkError):
    """The certificate was refused (not trusted, pinned, wrong date or name)."""

    java = "javax.net.ssl.SSLHandshakeException"


class PinError(TlsRefusedError):
    """The certificate is valid, but not one that the app has pinned."""

    java = "javax.net.ssl.SSLPeerUnverifiedException"


class BrokenAnswerError(NetworkError):
    """The connection ended inside the exchange, or the answer cannot be read."""

    java = "java.io.IOException"


class UnreadableAnswerError(NetworkError):
    """A whole answer came, but it is not what the app can read."""

    java = "org.json.JSONException"


def classify(error: BaseException) -> NetworkError:
    """The kind of failure behind an exception of the HTTP client."""
    chain = list(_causes(error))
    text = str(error) or type(error).__name__
    for known in chain:
        if isinstance(known, NetworkError):
            return known
    for seen, kind in _KINDS:
        match = next((cause for cause in chain if isinstance(cause, seen)), None)
        if match is not None:
            return kind(_wording(match) or text)
    return BrokenAnswerError(text)


_VERIFY = {  # OpenSSL's X509_V_ERR codes -> what conscrypt says
    9: "Certificate not yet valid",
    10: "Certificate expired",
    62: "Hostname not verified",
}
_NO_ANCHOR = "Trust anchor for certification path not found."


def _wording(error: BaseException) -> str:
    """As an Android log words it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "CertPathValidatorException: " + _VERIFY.get(
            getattr(error, "verify_code", 0), _NO_ANCHOR
        )
    if isinstance(error, socket.gaierror):
        return "Unable to resolve host: No address associated with hostname"
    return str(error)


_Seen = type[BaseException] | tuple[type[BaseException], ...]
_KINDS: tuple[tuple[_Seen, type[NetworkError]], ...] = (
    (ssl.SSLCertVerificationError, TlsRefusedError),
    (socket.gaierror, NoAddressError),
    ((httpx.TimeoutException, TimeoutError), TimedOutError),
    ((httpx.ConnectError, httpx.ProxyError), UnreachableError),
)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
