"""What the tools that write HARs say of failures, in the words that the rules know.

Browsers name an error; debugging proxies answer the app themselves, and their own page
then stands in the HAR as if the origin had sent it. Such a page is no answer of anyone.
"""

from __future__ import annotations

from typing import Any, cast

LEFT = "Client disconnected."
NOT_SAID = "there is no answer, and the tool does not say why"
LONG_WAIT = 1.0
"""Seconds; who waited that long for an answer that never came has given up waiting."""

_NO_NAME = "[Errno -2] Name or service not known"
_REFUSED = "[Errno 111] Connect call failed"
_TIMED_OUT = "[Errno 110] Connect call failed"
_CERTIFICATE = "Certificate verify failed: "
_CUT = "HTTP/1 protocol error: peer closed connection without sending complete message body"
_NOT_HTTP = "Cannot parse HTTP response"
_NO_ROUTE = "[Errno 101] Network is unreachable"

_NAMED = {
    "ERR_NAME_NOT_RESOLVED": _NO_NAME,
    "ERR_CONNECTION_REFUSED": _REFUSED,
    "ERR_CONNECTION_RESET": "server closed connection",
    "ERR_CONNECTION_CLOSED": "server closed connection",
    "ERR_CONNECTION_TIMED_OUT": _TIMED_OUT,
    "ERR_ADDRESS_UNREACHABLE": "[Errno 113] Connect call failed",
    "ERR_INTERNET_DISCONNECTED": _NO_ROUTE,
    "ERR_NAME_RESOLUTION_FAILED": "[Errno -3] Temporary failure in name resolution",
    "ERR_DNS_TIMED_OUT": "[Errno -3] Temporary failure in name resolution",
    "ERR_CERT_REVOKED": f"{_CERTIFICATE}certificate revoked",
    "ERR_CERT_INVALID": f"{_CERTIFICATE}invalid certificate",
    "ERR_INSECURE_RESPONSE": f"{_CERTIFICATE}the browser does not say why",  # up to Chrome 57
    "ERR_SSL_VERSION_OR_CIPHER_MISMATCH": (
        "The remote server and mitmproxy cannot agree on a TLS version to use."
    ),
    "ERR_CONTENT_LENGTH_MISMATCH": _CUT,
    "ERR_INCOMPLETE_CHUNKED_ENCODING": f"{_CUT} (incomplete chunked read)",
    "ERR_INVALID_HTTP_RESPONSE": _NOT_HTTP,
    "ERR_INVALID_CHUNKED_ENCODING": _NOT_HTTP,
    "ERR_CERT_DATE_INVALID": f"{_CERTIFICATE}certificate has expired",
    "ERR_CERT_COMMON_NAME_INVALID": f"{_CERTIFICATE}hostname mismatch",
    "ERR_CERT_AUTHORITY_INVALID": f"{_CERTIFICATE}unable to get local issuer",
    "ERR_EMPTY_RESPONSE": "server closed connection",
    "ERR_ABORTED": LEFT,
    "ERR_TIMED_OUT": LEFT,
    "NS_ERROR_UNKNOWN_HOST": _NO_NAME,
    "NS_ERROR_CONNECTION_REFUSED": _REFUSED,
    "NS_ERROR_NET_RESET": "server closed connection",
    "NS_ERROR_NET_TIMEOUT": _TIMED_OUT,
    "NS_ERROR_NET_INTERRUPT": "server closed connection",
    "NS_ERROR_OFFLINE": _NO_ROUTE,
    "NS_ERROR_ABORT": LEFT,
    "NS_BINDING_ABORTED": LEFT,
    "SEC_ERROR_EXPIRED_CERTIFICATE": f"{_CERTIFICATE}certificate has expired",
    "SEC_ERROR_UNKNOWN_ISSUER": f"{_CERTIFICATE}unable to get local issuer",
    "SSL_ERROR_BAD_CERT_DOMAIN": f"{_CERTIFICATE}hostname mismatch",
}
"""Chromium's net_error_list.h and Mozilla's nsresult and NSS names."""

_PAGES = (
    # Fiddler answers 502 or 504 with a line of its own.
    ("[fiddler] dns lookup", _NO_NAME),
    ("[fiddler] the connection to", _REFUSED),
    ("[fiddler] readresponse() failed", "server closed connection"),
    ("[fiddler]", "the debugging proxy answered itself"),
    # Charles answers 503 with a page of its own.
    ("charles error report", "the debugging proxy answered itself"),
)

_CHARLES = (
    ("name lookup failed", _NO_NAME),
    ("connection refused", _REFUSED),
    ("connection timed out", _TIMED_OUT),
    ("connection reset", "server closed connection"),
    ("certificate", f"{_CERTIFICATE}unable to get local issuer"),
)


def translated(text: str) -> str:
    """A tool's own word for a failure, in ours; cut to 300 characters."""
    for name, ours in _NAMED.items():
        if name in text:
            return ours
    return text[:300]


def stated_error(
    entry: dict[str, Any], answer: dict[str, Any], request: dict[str, Any]
) -> str | None:
    """The failure that a tool wrote into a field of its own; None where there is none."""
    for place in (answer, entry, request):
        for name in ("_error", "_errorMessage", "_netError", "_transferError"):
            if place.get(name):
                return translated(str(place[name]))
    if str(entry.get("_charlesStatus", answer.get("_charlesStatus", ""))).upper() == "FAILED":
        return translated(str(answer.get("_charlesErrorMessage") or "the call failed"))
    return None


def own_page(answer: dict[str, Any]) -> str | None:
    """What a debugging proxy's own answer stands for; None for an answer of the origin."""
    found: object = answer.get("content")
    text = cast("dict[str, Any]", found).get("text") if isinstance(found, dict) else None
    if not isinstance(text, str):
        return None
    head = text[:4000].lower()
    for mark, ours in _PAGES:
        if mark in head:
            if mark.startswith("charles"):
                return next((said for word, said in _CHARLES if word in head), ours)
            refused = "timed out" not in head
            return ours if refused or ours != _REFUSED else _TIMED_OUT
    return None
