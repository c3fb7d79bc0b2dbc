"""Lets an answer pass that gives its length twice, equally.

A recipient may take such a repetition for one value (RFC 9110, 8.6), and Android's clients
do: OkHttp reads the last, Chromium all that agree. mitmproxy joins the two to "5, 5", refuses
that and answers 502 in place of the origin, also with validate_inbound_headers off. Its
reader of the value is wrapped (private, so only for the versions that were looked at); the
headers themselves go on to the app as they came. Lengths that differ stay an error.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from mitmproxy import version

from harness.recorder.reset_side import KNOWN_VERSIONS


def one_of_equals(value: str | bytes) -> str | bytes:
    """The value itself where a list of values repeats one; anything else as it is."""
    if isinstance(value, bytes):
        parts = {part.strip() for part in value.split(b",")}
    else:
        parts = {part.strip() for part in value.split(",")}
    return parts.pop() if len(parts) == 1 else value


def install() -> Callable[[], None] | None:
    """Starts accepting; returns what undoes it, or None where this mitmproxy is not known."""
    module: Any = import_module("mitmproxy.net.http.validate")
    original: Any = getattr(module, "parse_content_length", None)
    if original is None or not version.VERSION.startswith(KNOWN_VERSIONS):
        return None

    def lenient(value: str | bytes) -> int:
        return int(original(one_of_equals(value)))

    module.parse_content_length = lenient

    def undo() -> None:
        module.parse_content_length = original

    return undo
