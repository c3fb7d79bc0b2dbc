"""Answers requests of our own: does the phone's traffic reach the proxy, and can it be read?"""

from __future__ import annotations

from collections.abc import Callable

from mitmproxy import http
from mitmproxy.tls import ClientHelloData

from harness.adapters.proxy.canary_host import CANARY_ADDRESS, CANARY_HOST, STORES

_OURS = (CANARY_HOST, CANARY_ADDRESS)
_SEEN = 204
_WELL = "The harness can read what this phone sends. You may close this page.\n"


def is_canary(flow: http.HTTPFlow) -> bool:
    """True for our own request, which is never recorded."""
    return flow.request.host in _OURS


class Canary:
    """http://harness-canary.invalid/<token> → 204 with the token in a header.

    https://harness-canary.invalid/<store>/<token> shows more: whoever asked took our
    certificate, which lies in the phone's <store>. A person asks for /user/ by a browser.
    """

    def __init__(self, trusted: Callable[[str], None]) -> None:
        """`trusted` is told "system" or "user" for each request that came encrypted."""
        self._trusted = trusted

    def http_connect(self, flow: http.HTTPFlow) -> None:
        if is_canary(flow):  # with an answer of ours no origin is looked for
            flow.response = http.Response.make(200)

    def request(self, flow: http.HTTPFlow) -> None:
        if not is_canary(flow):
            return
        store, _, token = flow.request.path.strip("/").partition("/")
        if flow.request.scheme == "https" and store in STORES:
            self._trusted(store)
        person = store == "user" and not token
        flow.response = http.Response.make(
            200 if person else _SEEN,
            _WELL if person else b"",
            {"X-Harness-Canary": (token or store)[:64], "Content-Type": "text/plain"},
        )


class CanaryHandshake:
    """There is no origin whose handshake could come first. Add it after mitmproxy's TlsConfig."""

    def tls_clienthello(self, data: ClientHelloData) -> None:
        address = data.context.server.address
        if address is not None and address[0] in _OURS:
            data.establish_server_tls_first = False
