"""Lets a WebSocket be closed with 1014 (Bad Gateway).

The code is registered (IANA, WebSocket Close Code Number Registry) and Android's clients take it
(OkHttp refuses 1004 to 1006 and 1015 to 2999). wsproto, which mitmproxy reads frames with, does
not know it: it calls the frame a protocol error, and the app and the record get 1002 in its
place. wsproto's reader of such frames is wrapped (private, so only where it is as it was when
looked at).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

BAD_GATEWAY = 1014
_NEIGHBOUR = 1013
"""A code that wsproto knows: the frame is checked as if it said this."""
_METHOD = "_process_close"


def install() -> Callable[[], None] | None:
    """Starts accepting; returns what undoes it, or None where this wsproto is not known."""
    module: Any = import_module("wsproto.frame_protocol")
    protocol: Any = getattr(module, "FrameProtocol", None)
    original: Any = getattr(protocol, _METHOD, None)
    frame_type: Any = getattr(module, "Frame", None)
    if original is None or frame_type is None or _NEIGHBOUR not in set(module.CloseReason):
        return None

    def process_close(self: Any, frame: Any) -> Any:  # noqa: ANN401 - wsproto's private types
        if bytes(frame.payload[:2]) != BAD_GATEWAY.to_bytes(2):
            return original(self, frame)
        known = frame._replace(payload=_NEIGHBOUR.to_bytes(2) + bytes(frame.payload[2:]))
        read = original(self, known)
        return read._replace(payload=(BAD_GATEWAY, read.payload[1]))

    setattr(protocol, _METHOD, process_close)

    def undo() -> None:
        setattr(protocol, _METHOD, original)

    return undo
