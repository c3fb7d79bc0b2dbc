"""The host of a request as the app calls it, also where it asked for an address.

Without a proxy of its own, an app looks names up by itself: what comes to us is a connection to
an address, and the name stands in the handshake and in the request.
"""

from __future__ import annotations

import ipaddress

from mitmproxy import http

from harness.adapters.whole_text import whole_text


def is_address(host: str) -> bool:
    """An IP address, not a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def named_host(request: http.Request) -> str:
    """The host that was asked for; for an address the one that the request names."""
    if not is_address(request.host):
        return whole_text(request.host)
    named = request.pretty_host
    return whole_text(named if named and not is_address(named) else request.host)
