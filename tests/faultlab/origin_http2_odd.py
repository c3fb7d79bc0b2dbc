"""HTTP/2 and gRPC origins that break the framing itself, or use corners of it that are sound."""

from __future__ import annotations

import ssl

import h2.config
import h2.connection
import h2.errors

from tests.faultlab.origin import Behaviour, Wire
from tests.faultlab.origin_http2 import Reply2, Talk, answer2

_HEADERS, _PING, _END_HEADERS = 1, 6, 4


def frame2(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    """A frame of RFC 9113, 4.1."""
    return (
        len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload
    )


def stops_after_40k2(talk: Talk, stream: int) -> None:
    """One DATA frame of 40 000 bytes (our proxy allows that size), and the stream stays open."""
    talk.headers(stream, more={"content_type": "application/json"})
    talk.wire.send(frame2(0, 0, stream, b" " * 40_000))
    talk.wire.wait(0.3)


def bad_headers2(talk: Talk, stream: int) -> None:
    """A header block that no HPACK decoder takes."""
    talk.wire.send(frame2(_HEADERS, _END_HEADERS, stream, b"\xff\xff\xff\xff\x0f\x80"))
    talk.wire.wait(0.3)


def short2(talk: Talk, stream: int) -> None:
    """Promises 4 000 bytes and ends the stream after a few."""
    pairs = [(":status", "200"), ("content-type", "application/json"), ("content-length", "4000")]
    talk.h2.send_headers(stream, pairs)
    talk.flush()
    talk.wire.send(frame2(0, 1, stream, b'{"rows": ['))
    talk.wire.wait(0.3)


def goaway_in_body2(talk: Talk, stream: int) -> None:
    """A head and some data, then GOAWAY INTERNAL_ERROR and the end."""
    talk.headers(stream, more={"content_type": "application/json", "content_length": "900"})
    talk.data(stream, b'{"rows": [', end=False)
    talk.wire.wait(0.1)
    code = h2.errors.ErrorCodes.INTERNAL_ERROR
    talk.wire.send(frame2(7, 0, 0, stream.to_bytes(4, "big") + int(code).to_bytes(4, "big")))
    talk.wire.wait(0.2)
    talk.wire.sock.close()


def answered_then_reset2(talk: Talk, stream: int) -> None:
    """A whole answer, then RST_STREAM NO_ERROR, as RFC 9113 8.1 allows it."""
    answer2()(talk, stream)
    talk.wire.send(frame2(3, 0, stream, bytes(4)))


def hinted2(talk: Talk, stream: int) -> None:
    """103 Early Hints, then the answer."""
    talk.h2.send_headers(stream, [(":status", "103"), ("link", "</a.css>; rel=preload")])
    talk.flush()
    answer2()(talk, stream)


def trailed2(talk: Talk, stream: int) -> None:
    """An answer with trailers."""
    talk.headers(stream, more={"content_type": "application/json"})
    talk.data(stream, b'{"rows": []}', end=False)
    talk.h2.send_headers(
        stream, [("x-checksum", "9f"), ("server-timing", "db;dur=3")], end_stream=True
    )
    talk.flush()


def pinged2(talk: Talk, stream: int) -> None:
    """Thirty PINGs around the answer."""
    for number in range(15):
        talk.wire.send(frame2(_PING, 0, 0, number.to_bytes(8, "big")))
    answer2()(talk, stream)
    for number in range(15):
        talk.wire.send(frame2(_PING, 0, 0, number.to_bytes(8, "big")))


def mute2(wire: Wire) -> None:
    """Sends its SETTINGS and never reads on."""
    h2_side = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    h2_side.initiate_connection()
    wire.send(h2_side.data_to_send())
    wire.wait_for_close()


def closed_window2(wire: Wire) -> None:
    """Takes the first 65 535 bytes of an upload and never opens the window again."""
    h2_side = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    h2_side.initiate_connection()
    wire.send(h2_side.data_to_send())
    while data := wire.receive():
        h2_side.receive_data(data)
        wire.send(h2_side.data_to_send())


def streamed(
    *messages: bytes, status: int | None = 0, text: str = "", dies: bool = False
) -> Reply2:
    """A gRPC server stream. `status` None: no grpc-status at the end; `dies`: RST instead."""

    def reply(talk: Talk, stream: int) -> None:
        talk.headers(stream, more={"content_type": "application/grpc"})
        for one in messages:
            talk.data(stream, b"\x00" + len(one).to_bytes(4, "big") + one, end=False)
            talk.wire.wait(0.05)
        if dies:
            talk.h2.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)
        elif status is None:
            talk.h2.end_stream(stream)
        else:
            trailers = [("grpc-status", str(status)), ("grpc-message", text)]
            talk.h2.send_headers(stream, trailers, end_stream=True)
        talk.flush()

    return reply


def each_in_turn2(*replies: Reply2) -> Reply2:
    """The origin's first stream gets the first reply, and so on; the last one stays."""
    key = object()

    def reply(talk: Talk, stream: int) -> None:
        replies[min(talk.wire.counts.take(key), len(replies) - 1)](talk, stream)

    return reply


def by_choice(http2: Behaviour, http1: Behaviour) -> Behaviour:
    """As the two sides agreed in the handshake."""

    def behave(wire: Wire) -> None:
        assert isinstance(wire.sock, ssl.SSLSocket)
        (http2 if wire.sock.selected_alpn_protocol() == "h2" else http1)(wire)

    return behave
