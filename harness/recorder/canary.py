"""Answers a request of our own that shows whether the phone's traffic reaches the proxy."""

from __future__ import annotations

from mitmproxy import http

from harness.adapters.proxy.canary_host import CANARY_HOST

_SEEN = 204


def is_canary(flow: http.HTTPFlow) -> bool:
    """True for our own request, which is never recorded."""
    return flow.request.host == CANARY_HOST


class Canary:
    """http://harness-canary.invalid/<token> → 204 with the token in a header."""

    def request(self, flow: http.HTTPFlow) -> None:
        if is_canary(flow):
            token = flow.request.path.strip("/")[:64]
            flow.response = http.Response.make(_SEEN, b"", {"X-Harness-Canary": token})
