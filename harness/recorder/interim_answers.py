"""Passes an origin's interim answers by, so that the one after them is taken for the answer.

Any number of 1xx may come before an answer, asked for or not (RFC 9110, 15.2): 100 Continue, 103
Early Hints. mitmproxy 12.2 swallows them in HTTP/2; in HTTP/1 it takes the first for the answer
itself and closes the connection when the real one comes ("Unexpected data from server"), which no
client would do. Its reader of heads is wrapped (private, so only for the versions that were looked
at). What was swallowed is said in the log, in the words that mitmproxy has for HTTP/2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from mitmproxy import version
from mitmproxy.proxy import commands, events

from harness.recorder.reset_side import KNOWN_VERSIONS

_INTERIM = re.compile(rb"\AHTTP/1\.[01] (1(?!01)\d\d)[ \r\n]")
"""All but 101 Switching Protocols, which is an answer."""


def interim_status(data: bytes) -> int | None:
    """The status of the interim answer that begins there."""
    found = _INTERIM.match(data)
    return int(found[1]) if found else None


def swallow(buffer: Any) -> Iterator[int]:  # noqa: ANN401 - h11's private ReceiveBuffer
    """Takes whole interim answers from the buffer's beginning; their statuses."""
    while (status := interim_status(bytes(buffer))) is not None:
        if buffer.maybe_extract_lines() is None:
            return  # its head is not whole yet
        yield status


def install() -> Callable[[], None] | None:
    """Starts passing; returns what undoes it, or None where this mitmproxy is not known."""
    layer: Any = import_module("mitmproxy.proxy.layers.http._http1")
    client: Any = getattr(layer, "Http1Client", None)
    original: Any = getattr(client, "read_headers", None)
    if original is None or not version.VERSION.startswith(KNOWN_VERSIONS):
        return None

    def read_headers(self: Any, event: events.ConnectionEvent) -> Any:  # noqa: ANN401 - mitmproxy's private types
        if isinstance(event, events.DataReceived) and self.request:
            for status in swallow(self.buf):
                yield commands.Log(f"Swallowing HTTP/1 informational response: {status}")
        yield from original(self, event)

    client.read_headers = read_headers

    def undo() -> None:
        client.read_headers = original

    return undo
