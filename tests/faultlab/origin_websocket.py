"""WebSocket origins that say frames of one's choice after the handshake (RFC 6455)."""

from __future__ import annotations

import base64
import hashlib

from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import Reply, head

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE = 1, 8
HELLO = b"\x81\x02hi"


def frame(opcode: int, payload: bytes, mask: bytes = b"") -> bytes:
    """A final frame of at most 125 bytes; `mask`: four bytes, as only an app may send it."""
    if not mask:
        return bytes([0x80 | opcode, len(payload)]) + payload
    hidden = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
    return bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + hidden


def closing(code: int, reason: bytes = b"") -> bytes:
    """A close frame of the origin."""
    return frame(CLOSE, code.to_bytes(2, "big") + reason)


def socket_saying(*frames: bytes, pause: float = 0.2, accept: str | None = None) -> Reply:
    """Accepts, then sends the frames one after the other and waits for the app to leave.

    `accept`: this Sec-WebSocket-Accept in place of the right one.
    """

    def reply(wire: Wire, request: Request) -> bool:
        key = request.headers.get("sec-websocket-key", "")
        digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
        said = accept or base64.b64encode(digest).decode()
        fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": said}
        wire.send(head(101, fields))
        for one in frames:
            wire.send(one)
            wire.wait(pause)
        wire.wait_for_close()
        return False

    return reply
