"""The error code in mitmproxy's text of an HTTP/2 reset or GOAWAY (RFC 9113, section 7)."""

import re

_NAMES = (
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED",
)
_RESET = re.compile(r"stream reset by \w+ \((\w+)\)")
_GOAWAY = re.compile(r"ConnectionTerminated error_code:(\d+)")

ACCUSING = frozenset(
    {
        "PROTOCOL_ERROR",
        "FLOW_CONTROL_ERROR",
        "SETTINGS_TIMEOUT",
        "STREAM_CLOSED",
        "FRAME_SIZE_ERROR",
        "COMPRESSION_ERROR",
        "ENHANCE_YOUR_CALM",
    }
)
"""Whoever sends one of these calls wrong what came from the other side."""

OF_THE_CONNECTION = frozenset({"INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"})
"""About a connection that our proxy chose, and the app may have chosen otherwise."""


def http2_code(text: str) -> str | None:
    """The code's name; None where the text has none, or one that is not registered."""
    reset = _RESET.search(text)
    if reset is not None:
        return reset[1] if reset[1] in _NAMES else None
    goaway = _GOAWAY.search(text)
    number = int(goaway[1]) if goaway is not None else len(_NAMES)
    return _NAMES[number] if number < len(_NAMES) else None
