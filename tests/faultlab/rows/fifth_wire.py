"""Fifth draw: TLS chains, HTTP/2 framing, gRPC and WebSockets."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import replace

from tests.faultlab import client, client_http2
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Behaviour, Request, Wire
from tests.faultlab.origin_http1 import Reply, answer, head, in_turn
from tests.faultlab.origin_http2 import Reply2, answer2, grpc
from tests.faultlab.origin_http2_odd import (
    answered_then_reset2,
    bad_headers2,
    closed_window2,
    each_in_turn2,
    goaway_in_body2,
    hinted2,
    mute2,
    pinged2,
    short2,
    stops_after_40k2,
    streamed,
    trailed2,
)
from tests.faultlab.origin_raw import tls_alert
from tests.faultlab.rows.making import (
    ACCOUNT,
    CLIENT,
    FINE,
    SERVER,
    Truth,
    below_tls,
    get,
    get2,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.world import Host

CELLO, GARDEN, MUSEUM = (
    "api.cello-lessons.example",
    "v2.garden-plots.example",
    "ask.glass-museum.example",
)
REST = (site(GARDEN), site(MUSEUM))
USE_REST = together(get(GARDEN, "/beds"), get(MUSEUM, "/rooms/3"))
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


def ill(name: str, truth: Truth, breaks: str, host: Host, play: Play | None = None) -> Fault:
    """One host; two of other owners are well."""
    call = play or get(CELLO, "/v1/lessons", times=3)
    return row(name, truth, breaks, (host, *REST), together(USE_REST, call))


def h2_row(name: str, truth: Truth, breaks: str, reply: Reply2, times: int = 2) -> Fault:
    """A call over HTTP/2 is answered so."""
    return ill(name, truth, breaks, site2(CELLO, reply), get2(CELLO, "/v1/lessons", times=times))


def h2_wire(behaviour: Behaviour) -> Host:
    """An HTTP/2 origin that reads and writes frames of its own."""
    return Host(CELLO, behaviour, TlsPlan(alpn=("h2",)))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def calls(times: int) -> Play:
    """So many gRPC calls."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client_http2.grpc_call(route, CELLO, "/lessons.Book/Slot")
            time.sleep(0.2)

    return play


def uploads2(route: client.Route, capture: Capture) -> None:
    """200 kB over HTTP/2; waits 11 s for an answer."""
    session = client_http2.Session2(route, CELLO)
    number = session.begin_upload("/v1/recording", 200_000, seconds=11.0)
    session.wait(number, seconds=11.0)
    session.close()


def opens(times: int, host: str = CELLO) -> Play:
    """Opens the WebSocket so often."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client.upgrade(route, host, "/room")
            time.sleep(0.3)

    return play


def socket_closing(code: int | None, reason: bytes = b"", after: float = 0.3) -> Reply:
    """Accepts a WebSocket, says hello, closes with this code; None: FIN without a frame."""

    def reply(wire: Wire, request: Request) -> bool:
        key = request.headers.get("sec-websocket-key", "")
        digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
        accept = base64.b64encode(digest).decode()
        fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept}
        wire.send(head(101, fields) + b"\x81\x02hi")
        wire.wait(after)
        if code is not None:
            payload = code.to_bytes(2, "big") + reason
            wire.send(bytes([0x88, len(payload)]) + payload)
            wire.wait_for_close()
        return False

    return reply


def banner(wire: Wire) -> None:
    """A mail server, which speaks first."""
    wire.send(b"220 mx1.cello-lessons.example ESMTP Postfix\r\n")
    wire.wait_for_close()


ROWS = (
    ill(
        "f5_issuer_ran_out",
        SERVER,
        "an intermediate ran out above a sound leaf",
        site(CELLO, cert="expired_intermediate"),
    ),
    ill(
        "f5_leaf_for_clients",
        SERVER,
        "a certificate for clients on the server",
        site(CELLO, cert="client_purpose"),
    ),
    ill(
        "f5_leaf_without_names",
        SERVER,
        "a common name and no alternative names",
        site(CELLO, cert="no_names"),
    ),
    ill(
        "f5_company_root_sent",
        SERVER,
        "a company's own root, on this one host",
        site(CELLO, cert="own_root_sent"),
    ),
    unclear(
        row(
            "f5_company_root_alone",
            SERVER,
            "a company's own root on the only host",
            (site(CELLO, cert="own_root_sent"),),
            get(CELLO, "/v1/lessons", times=2),
        )
    ),
    replace(
        ill(
            "f5_issuer_ran_out_h2",
            SERVER,
            "the same over HTTP/2, nobody looks past the proxy",
            Host(CELLO, site2().behaviour, TlsPlan("expired_intermediate", ("h2", "http/1.1"))),
            get2(CELLO, "/v1/lessons", times=2),
        ),
        probe=False,
    ),
    ill(
        "f5_alert_47",
        SERVER,
        "alert illegal_parameter to each ClientHello",
        below_tls(CELLO, tls_alert(47)),
    ),
    ill(
        "f5_mail_server_there",
        SERVER,
        "a mail server on the port speaks first, and no TLS",
        below_tls(CELLO, banner),
    ),
    ill(
        "f5_h2_silent",
        SERVER,
        "HTTP/2: SETTINGS and no more, two tries of 5 s",
        h2_wire(mute2),
        get2(CELLO, "/v1/lessons", times=2, timeout=5.0),
    ),
    h2_row(
        "f5_h2_stops_after_40k",
        SERVER,
        "40 000 bytes in one frame, then nothing; the app waits 8 s, twice",
        stops_after_40k2,
    ),
    h2_row("f5_h2_bad_header_block", SERVER, "a header block that cannot be decoded", bad_headers2),
    h2_row("f5_h2_ends_short", SERVER, "4 000 bytes promised, ten sent, stream ended", short2),
    h2_row("f5_h2_goaway_in_body", SERVER, "GOAWAY INTERNAL_ERROR inside a body", goaway_in_body2),
    ill(
        "f5_h2_window_shut",
        SERVER,
        "the flow window of an upload is never opened again",
        h2_wire(closed_window2),
        uploads2,
    ),
    h2_row(
        "f5_h2_503_envoy_overflow",
        SERVER,
        "503 overflow of a mesh",
        answer2(
            503,
            b"upstream connect error or disconnect/reset before headers. reset reason: overflow",
            "text/plain",
            x_envoy_overloaded="true",
        ),
        times=3,
    ),
    h2_row(
        "f5_h2_reset_after_answer_fine",
        FINE,
        "RST NO_ERROR behind a whole answer",
        answered_then_reset2,
    ),
    h2_row("f5_h2_early_hints_fine", FINE, "103, then 200", hinted2),
    h2_row("f5_h2_trailers_fine", FINE, "trailers", trailed2),
    h2_row("f5_h2_pings_fine", FINE, "thirty PINGs", pinged2),
    ill(
        "f5_grpc_http_503",
        SERVER,
        "HTTP 503 with a page to a gRPC call",
        site2(CELLO, answer2(503, b"<html>upstream</html>", "text/html")),
        calls(2),
    ),
    ill(
        "f5_grpc_no_status",
        SERVER,
        "a gRPC answer that ends without a status",
        site2(CELLO, streamed(b"\x08\x01", status=None)),
        calls(2),
    ),
    ill(
        "f5_grpc_stream_dies",
        SERVER,
        "a gRPC stream is reset after two messages",
        site2(CELLO, streamed(b"\x08\x01", b"\x08\x02", dies=True)),
        calls(2),
    ),
    ill(
        "f5_grpc_13_after_messages",
        SERVER,
        "gRPC 13 behind two messages",
        site2(CELLO, streamed(b"\x08\x01", b"\x08\x02", status=13, text="replica lost")),
        calls(2),
    ),
    unclear(
        ill(
            "f5_grpc_8_quota",
            ACCOUNT,
            "gRPC 8: a quota, whose is not said",
            site2(CELLO, grpc(8, "quota exceeded")),
            calls(2),
        )
    ),
    unclear(
        ill(
            "f5_grpc_9_state",
            CLIENT,
            "gRPC 9: the slot was not reserved before",
            site2(CELLO, grpc(9, "slot is not in state RESERVED")),
            calls(2),
        )
    ),
    ill(
        "f5_grpc_aborted_once_fine",
        FINE,
        "gRPC 10, then 0",
        site2(CELLO, each_in_turn2(grpc(10, "transaction conflict"), grpc(0, body=b"\x08\x01"))),
        calls(3),
    ),
    ill(
        "f5_grpc_stream_fine",
        FINE,
        "five messages and status 0",
        site2(CELLO, streamed(*[b"\x08\x01"] * 5)),
        calls(1),
    ),
    ill(
        "f5_socket_gets_a_page",
        SERVER,
        "a page under 200 instead of the WebSocket, three times",
        site(CELLO, answer(200, "<html>Not here</html>", "text/html")),
        opens(3),
    ),
    ill("f5_socket_502", SERVER, "502 to each WebSocket", site(CELLO, answer(502, "")), opens(2)),
    ill(
        "f5_socket_going_away",
        SERVER,
        "close code 1001 right after hello, each time",
        site(CELLO, socket_closing(1001, b"shutting down")),
        opens(3),
    ),
    ill(
        "f5_socket_1014",
        SERVER,
        "close code 1014 of a gateway, which wsproto takes for a protocol error",
        site(CELLO, socket_closing(1014)),
        opens(3),
    ),
    unclear(
        ill(
            "f5_socket_1008",
            ACCOUNT,
            "close code 1008: a session that is over",
            site(CELLO, socket_closing(1008, b"token expired")),
            opens(2),
        )
    ),
    ill(
        "f5_socket_back_fine",
        FINE,
        "dropped once, opened again, closed with 1000",
        site(CELLO, in_turn(socket_closing(None), socket_closing(1000, b"bye"))),
        opens(2),
    ),
)
