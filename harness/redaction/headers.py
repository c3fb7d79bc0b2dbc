"""Headers and cookies: names stay, secrets go."""

from __future__ import annotations

from collections.abc import Iterable

from harness.redaction.addresses import redact_url
from harness.redaction.names import Names, Treatment
from harness.redaction.pseudonym import Pseudonyms
from harness.redaction.texts import DROPPED, free_text

_URLS = frozenset({"location", "referer", "content-location", "origin", ":path"})
_PLAIN = frozenset(
    {
        "accept", "accept-encoding", "accept-language", "age", "cache-control", "connection",
        "content-encoding", "content-length", "content-type", "date", "etag", "expires", "host",
        "last-modified", "retry-after", "server", "server-timing", "transfer-encoding",
        "user-agent", "vary", "via", "x-cache", "x-tt-logid", "x-tt-trace-id", "x-khronos",
        "grpc-status", "sec-websocket-version", "upgrade", "alt-svc", "traceparent",
    }
)  # fmt: skip
"""Headers that are evidence and hold no secret: kept to the letter."""


def redact_headers(
    fields: Iterable[tuple[str, str]], names: Names, pseudonyms: Pseudonyms
) -> list[tuple[str, str]]:
    """The same headers in the same order and number, with clean values."""
    return [(name, _value(name.lower(), value, names, pseudonyms)) for name, value in fields]


def _value(name: str, value: str, names: Names, pseudonyms: Pseudonyms) -> str:
    if name == "cookie":
        return "; ".join(_cookie(part) for part in value.split(";"))
    if name == "set-cookie":
        first, *attributes = value.split(";")
        return ";".join([_cookie(first), *attributes])
    treatment = names.treatment(name)
    if treatment is Treatment.DROP:
        return DROPPED
    if treatment is Treatment.PSEUDONYM:
        return pseudonyms.tag(value)
    if name in _PLAIN:
        return value
    if name in _URLS:
        return redact_url(value, names, pseudonyms)
    return free_text(value, pseudonyms)


def _cookie(part: str) -> str:
    name, equals, _ = part.strip().partition("=")
    return f"{name}={DROPPED}" if equals else DROPPED
