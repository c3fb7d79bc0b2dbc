"""What an origin does over HTTP/2, gRPC included."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

from tests.faultlab.origin import Behaviour, Wire
from tests.faultlab.origin_http1 import FINE


@dataclass(slots=True)
class Talk:
    """An HTTP/2 connection of the origin."""

    wire: Wire
    h2: h2.connection.H2Connection
    asked: dict[int, dict[str, str]] = field(default_factory=dict[int, dict[str, str]])

    def flush(self) -> None:
        """Sends what h2 has ready."""
        self.wire.send(self.h2.data_to_send())

    def headers(
        self,
        stream: int,
        status: int = 200,
        more: Mapping[str, str] | None = None,
        *,
        end: bool = False,
    ) -> None:
        """Sends an answer's head; underscores in `more`'s names become hyphens."""
        fields = [(":status", str(status)), ("server", "lab-origin")]
        fields += [(key.replace("_", "-"), value) for key, value in (more or {}).items()]
        self.h2.send_headers(stream, fields, end_stream=end)
        self.flush()

    def data(self, stream: int, body: bytes, *, end: bool = True) -> None:
        """Sends a piece of a body, small enough for the first flow-control window."""
        for begin in range(0, max(len(body), 1), 16_000):
            piece = body[begin : begin + 16_000]
            last = begin + 16_000 >= len(body)
            self.h2.send_data(stream, piece, end_stream=end and last)
        self.flush()


Reply2 = Callable[[Talk, int], None]
"""Answers one stream."""


def answer2(
    status: int = 200, body: bytes | None = None, kind: str = "application/json", **more: str
) -> Reply2:
    """A complete answer."""
    raw = json.dumps(FINE).encode() if body is None else body

    def reply(talk: Talk, stream: int) -> None:
        length = str(len(raw))
        fields = {"content_type": kind, "content_length": length, **more}
        talk.headers(stream, status, fields)
        talk.data(stream, raw)

    return reply


def after2(seconds: float, reply: Reply2) -> Reply2:
    """The same, later; the other streams wait meanwhile."""

    def late(talk: Talk, stream: int) -> None:
        talk.wire.wait(seconds)
        reply(talk, stream)

    return late


def by_path2(paths: dict[str, Reply2], other: Reply2) -> Reply2:
    """By the path without its query."""

    def reply(talk: Talk, stream: int) -> None:
        path = talk.asked[stream].get(":path", "").partition("?")[0]
        paths.get(path, other)(talk, stream)

    return reply


def serve2(reply: Reply2, *, front: Reply2 | None = None) -> Behaviour:
    """Replies to every stream; `front` answers HEAD, by default a plain 200."""

    def behave(wire: Wire) -> None:
        config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
        talk = Talk(wire, h2.connection.H2Connection(config))
        talk.h2.initiate_connection()
        talk.flush()
        while data := wire.receive():
            try:
                for event in talk.h2.receive_data(data):
                    _react(talk, event, reply, front)
                talk.flush()
            except h2.exceptions.ProtocolError:
                return

    return behave


def _react(talk: Talk, event: h2.events.Event, reply: Reply2, front: Reply2 | None) -> None:
    if isinstance(event, h2.events.RequestReceived):
        talk.asked[event.stream_id] = {str(k): str(v) for k, v in event.headers or []}
    elif isinstance(event, h2.events.DataReceived):
        talk.h2.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id)
    elif isinstance(event, h2.events.StreamEnded):
        if talk.asked[event.stream_id].get(":method") != "HEAD":
            reply(talk, event.stream_id)
        elif front is not None:
            front(talk, event.stream_id)
        else:
            talk.headers(event.stream_id, end=True)


def hang2(talk: Talk, stream: int) -> None:
    """Never answers this stream; others go on."""


def reset2(code: h2.errors.ErrorCodes) -> Reply2:
    """RST_STREAM instead of an answer."""

    def reply(talk: Talk, stream: int) -> None:
        talk.h2.reset_stream(stream, code)
        talk.flush()

    return reply


def reset2_in_body(talk: Talk, stream: int) -> None:
    """A head and some data, then RST_STREAM INTERNAL_ERROR."""
    talk.headers(stream, more={"content_type": "application/json", "content_length": "1000"})
    talk.data(stream, b'{"items": [', end=False)
    talk.wire.wait(0.1)
    talk.h2.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)
    talk.flush()


def goaway2(code: h2.errors.ErrorCodes, debug: bytes = b"") -> Reply2:
    """GOAWAY with no stream processed, then the end."""

    def reply(talk: Talk, stream: int) -> None:
        talk.h2.close_connection(code, debug, last_stream_id=0)
        talk.flush()
        talk.wire.wait(0.2)
        talk.wire.sock.close()

    return reply


def fine_then_goaway2(talk: Talk, stream: int) -> None:
    """A complete answer, then a graceful GOAWAY."""
    answer2()(talk, stream)
    talk.h2.close_connection(h2.errors.ErrorCodes.NO_ERROR, last_stream_id=stream)
    talk.flush()


def tcp_reset2(talk: Talk, stream: int) -> None:
    """RST of the whole connection with the stream open."""
    talk.wire.reset()


def close2_in_body(talk: Talk, stream: int) -> None:
    """FIN of the whole connection inside a body."""
    talk.headers(stream, more={"content_type": "application/json", "content_length": "1000"})
    talk.data(stream, b'{"items": [', end=False)
    talk.wire.wait(0.1)
    talk.wire.sock.close()


def grpc(status: int, message: str = "", *, body: bytes | None = None) -> Reply2:
    """A gRPC answer: status in trailers after `body`, or trailers only when that is None."""

    def reply(talk: Talk, stream: int) -> None:
        trailers = {"grpc_status": str(status), "grpc_message": message}
        if body is None:
            talk.headers(stream, 200, {"content_type": "application/grpc", **trailers}, end=True)
            return
        talk.headers(stream, more={"content_type": "application/grpc"})
        talk.data(stream, b"\x00" + len(body).to_bytes(4, "big") + body, end=False)
        fields = [(key.replace("_", "-"), value) for key, value in trailers.items()]
        talk.h2.send_headers(stream, fields, end_stream=True)
        talk.flush()

    return reply
