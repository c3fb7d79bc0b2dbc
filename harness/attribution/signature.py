"""Answers that something between the app and the service signed as its own."""

import re

from harness.domain.facts.traffic import Exchange

_FILTER = re.compile(
    r"\b(zscaler|blue ?coat|proxysg|fortigate|fortiguard|fortiproxy|netskope|forcepoint|websense"
    r"|netsweeper|mcafee web gateway|skyhigh|cisco umbrella|opendns|ironport|iboss|smoothwall"
    r"|contentkeeper|securly|sophos web appliance)\b",
    re.IGNORECASE,
)
"""Products that only the user's side of a network runs, by the names in their Server headers.

A product that also guards services (a firewall for web applications, a CDN) is not among
them: its answer is the service's own. One that hides its name is not recognised.
"""

_CACHE = re.compile(r"^(squid|privoxy|tinyproxy)\b", re.IGNORECASE)
"""Gateways of users; the first of them stands before services as well."""


def filter_name(exchange: Exchange) -> str | None:
    """The product between that signed this answer; None where the service may have.

    A cache's name counts over plain HTTP only: inside TLS, with a certificate that was
    verified, it is the service's own front.
    """
    signed = exchange.server_header or ""
    found = _FILTER.search(signed) or (exchange.scheme == "http" and _CACHE.search(signed)) or None
    if found is None or found[0].lower() in exchange.host.lower():
        return None
    return found[0]


def surely_between(exchange: Exchange) -> bool:
    """No service signs with this name."""
    return _FILTER.search(exchange.server_header or "") is not None
