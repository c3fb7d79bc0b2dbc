"""Sixth draw: HTTP/2, gRPC, WebSockets, event streams, and what apps send wrongly."""

from __future__ import annotations

import time
from dataclasses import replace

import h2.errors

from tests.faultlab import client, client_http2, client_odd
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import Reply, answer, by_path, chunked, redirect, serve
from tests.faultlab.origin_http2 import Reply2, after2, answer2, by_path2, grpc, reset2, serve2
from tests.faultlab.origin_http2_malformed import (
    idle_data2,
    no_status2,
    no_streams2,
)
from tests.faultlab.origin_http2_odd import by_choice, each_in_turn2
from tests.faultlab.origin_websocket import HELLO, TEXT, closing, frame, socket_saying
from tests.faultlab.rows.making import (
    ACCOUNT,
    CLIENT,
    FINE,
    SERVER,
    Truth,
    get,
    get2,
    post,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.world import Host

TRAM, OPERA, MELON = (
    "live.tram-times.example",
    "box.opera-house.example",
    "m.melon-market.example",
)
REST = (site(OPERA), site(MELON))
USE_REST = together(get(OPERA, "/season"), get(MELON, "/stalls/2"))


def ill(name: str, truth: Truth, breaks: str, host: Host, play: Play) -> Fault:
    """One host; two of other owners are well."""
    return row(name, truth, breaks, (host, *REST), together(USE_REST, play))


def h2_row(name: str, truth: Truth, breaks: str, reply: Reply2, play: Play | None = None) -> Fault:
    """A call over HTTP/2 is answered so."""
    return ill(name, truth, breaks, site2(TRAM, reply), play or get2(TRAM, "/v1/lines", times=3))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def goes_back_to_http1(route: client.Route, capture: Capture) -> None:
    """HTTP/2 first, HTTP/1.1 where that is asked for."""
    client_http2.get2(route, TRAM, "/v1/stream")
    client.get(route, TRAM, "/v1/stream")
    client_http2.get2(route, TRAM, "/v1/lines")


def calls(times: int, path: str = "/tram.Times/Next") -> Play:
    """So many gRPC calls."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client_http2.grpc_call(route, TRAM, path)
            time.sleep(0.2)

    return play


def calls_with_deadline(times: int) -> Play:
    """gRPC calls that say how long they may take."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            session = client_http2.Session2(route, TRAM)
            number = session.begin(
                "/tram.Times/Next",
                "POST",
                b"\0\0\0\0\x02\x08\x01",
                content_type="application/grpc",
                te="trailers",
                grpc_timeout="3S",
            )
            session.wait(number)
            session.close()

    return play


def talks(times: int, *frames: bytes, seconds: float = 1.0) -> Play:
    """Opens the WebSocket so often and says this."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client_odd.socket_talk(route, TRAM, *frames, path="/room/4", seconds=seconds)
            time.sleep(0.2)

    return play


def opens(times: int) -> Play:
    """Opens the WebSocket so often and answers a close."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client.upgrade(route, TRAM, "/room/4")
            time.sleep(0.2)

    return play


def shut_by_the_app(route: client.Route, capture: Capture) -> None:
    """The app goes to the background and says so: close code 1001."""
    leave = frame(8, (1001).to_bytes(2, "big"), b"\x0a\x0b\x0c\x0d")
    client_odd.socket_talk(route, TRAM, leave, path="/room/4", seconds=0.6)
    client.get(route, TRAM, "/v1/lines")


def sends(data: str, times: int = 2) -> Play:
    """These bytes inside TLS; reads what comes."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            with client.raw(route, TRAM) as sock:
                if sock is not None:
                    sock.sendall(data.encode())
                    sock.settimeout(1.5)
                    sock.recv(4096)

    return play


def twice(act: Play) -> Play:
    """Once more after a moment."""
    return together(act, lambda _route, _capture: time.sleep(0.3), act)


def plain_as_gzip(route: client.Route, capture: Capture) -> None:
    """A body that calls itself gzip and is not."""
    for _ in range(2):
        client.call(
            route,
            TRAM,
            "POST",
            "/v1/report",
            b'{"line": 4, "late": true}',
            Content_Type="application/json",
            Content_Encoding="gzip",
        )
        time.sleep(0.2)


def web(reply: Reply) -> Host:
    """The same host over HTTP/1.1."""
    return site(TRAM, reply)


NOT_UNDERSTOOD = answer(400, {"message": "malformed body"})
_OVER_HTTP1 = reset2(h2.errors.ErrorCodes.HTTP_1_1_REQUIRED)
_GRPC_PAGE = answer2(200, b"<html>We will be back soon</html>", "text/html")

ROWS = (
    ill(
        "f6_h2_no_stream_allowed",
        SERVER,
        "SETTINGS allow no stream at all; the app waits 11 s",
        Host(TRAM, no_streams2, TlsPlan(alpn=("h2",))),
        get2(TRAM, "/v1/lines", timeout=11.0),
    ),
    h2_row("f6_h2_data_on_idle_stream", SERVER, "DATA on a stream never opened", idle_data2),
    h2_row("f6_h2_without_status", SERVER, "an answer without :status", no_status2),
    ill(
        "f6_h2_asks_for_http1_fine",
        FINE,
        "HTTP_1_1_REQUIRED for one call, which the app then makes over HTTP/1.1",
        Host(
            TRAM,
            by_choice(serve2(by_path2({"/v1/stream": _OVER_HTTP1}, answer2())), serve(answer())),
            TlsPlan(alpn=("h2", "http/1.1")),
        ),
        goes_back_to_http1,
    ),
    h2_row(
        "f6_h2_one_slow_stream_fine",
        FINE,
        "4 s for one of four streams",
        by_path2({"/v1/map": after2(4.0, answer2())}, answer2()),
        get2(TRAM, "/v1/lines", "/v1/stops", "/v1/fares", "/v1/map"),
    ),
    h2_row(
        "f6_h2_500_on_writes_only",
        SERVER,
        "HTTP/2: 500 for one endpoint of three, each time",
        by_path2({"/v1/favourites": answer2(500, b'{"message": "db"}')}, answer2()),
        get2(TRAM, "/v1/lines", "/v1/favourites", "/v1/stops", times=3),
    ),
    unclear(
        h2_row(
            "f6_grpc_16",
            ACCOUNT,
            "gRPC 16: a session that ended, or one that the service forgot",
            grpc(16, "jwt expired"),
            calls(2),
        )
    ),
    h2_row(
        "f6_grpc_deadline_passed",
        SERVER,
        "answered at once three times, then gRPC 4 after 3 s each",
        each_in_turn2(*[grpc(0, body=b"\x08\x01")] * 3, after2(3.0, grpc(4, "deadline exceeded"))),
        calls_with_deadline(5),
    ),
    h2_row("f6_grpc_data_lost", SERVER, "gRPC 15", grpc(15, "segment unreadable"), calls(2)),
    unclear(
        h2_row(
            "f6_grpc_3",
            CLIENT,
            "gRPC 3: who of the two changed its mind about a field is not to be seen",
            grpc(3, "line: must be set"),
            calls(2),
        )
    ),
    h2_row(
        "f6_grpc_gets_a_page", SERVER, "a page under 200 to each gRPC call", _GRPC_PAGE, calls(3)
    ),
    h2_row(
        "f6_grpc_not_found_once_fine",
        FINE,
        "gRPC 5 for a draft that is not there, then 0",
        each_in_turn2(grpc(5, "no draft"), grpc(0, body=b"\x08\x01")),
        calls(3),
    ),
    unclear(
        ill(
            "f6_socket_wrong_accept",
            SERVER,
            "the handshake's key is answered wrongly; the app leaves, and nobody sees why",
            web(socket_saying(HELLO, accept="bm90IHRoZSBhbnN3ZXI=")),
            talks(3, seconds=0.1),
        )
    ),
    unclear(
        ill(
            "f6_socket_masked_by_the_service",
            SERVER,
            "the service masks its frames, which only an app may; written down as 1002 of its own",
            web(socket_saying(frame(TEXT, b"hello", b"\x01\x02\x03\x04"), pause=0.5)),
            talks(3),
        )
    ),
    ill(
        "f6_socket_1011_after_hello",
        SERVER,
        "close code 1011 after the first message, each time",
        web(socket_saying(HELLO, closing(1011, b"pubsub gone"))),
        opens(3),
    ),
    unclear(
        ill(
            "f6_socket_4001",
            ACCOUNT,
            "close code 4001, the owner's own: logged in elsewhere",
            web(socket_saying(HELLO, closing(4001, b"replaced"))),
            opens(2),
        )
    ),
    ill(
        "f6_socket_left_by_the_app_fine",
        FINE,
        "the app goes to the background: it closes with 1001",
        web(by_path({"/room/4": socket_saying(HELLO)})),
        shut_by_the_app,
    ),
    ill(
        "f6_events_break_off",
        SERVER,
        "an event stream breaks off in the middle of its chunks, four times",
        web(chunked(b"data: 1\n\n", b"data: 2\n\n", ends=False, kind="text/event-stream")),
        get(TRAM, "/v1/events", times=4),
    ),
    ill(
        "f6_length_with_letters",
        CLIENT,
        "the app's Content-Length is no number",
        web(NOT_UNDERSTOOD),
        sends(f"POST /v1/report HTTP/1.1\r\nHost: {TRAM}\r\nContent-Length: 1x\r\n\r\n" + "{}"),
    ),
    ill(
        "f6_single_quotes_sent",
        CLIENT,
        "the app's JSON has single quotes; 400",
        web(by_path({"/v1/report": NOT_UNDERSTOOD})),
        post(TRAM, "/v1/report", "{'line': 4}", times=2),
    ),
    ill(
        "f6_plain_sent_as_gzip",
        CLIENT,
        "the app calls a plain body gzip; 400",
        web(by_path({"/v1/report": NOT_UNDERSTOOD})),
        plain_as_gzip,
    ),
    ill(
        "f6_asks_for_undefined",
        CLIENT,
        "the app puts an empty variable into its path: /users/undefined/",
        web(by_path({"/v1/users/undefined/trips": answer(404, {"message": "no such user"})})),
        together(get(TRAM, "/v1/lines"), get(TRAM, "/v1/users/undefined/trips", times=3)),
    ),
    ill(
        "f6_template_not_filled",
        CLIENT,
        "the app sends its template: /lines/{lineId}/stops",
        web(by_path({"/v1/lines/%7BlineId%7D/stops": answer(400, {"message": "bad id"})})),
        together(get(TRAM, "/v1/lines"), get(TRAM, "/v1/lines/%7BlineId%7D/stops", times=2)),
    ),
    ill(
        "f6_upload_without_end",
        CLIENT,
        "HTTP/2: the app begins an upload, never ends it, cancels after 4 s, twice",
        site2(TRAM),
        twice(lambda route, _: client_odd.unended_upload(route, TRAM, "/v1/photo", 4.0)),
    ),
    ill(
        "f6_upload_shorter_than_said",
        CLIENT,
        "HTTP/2: the app ends an upload of 900 bytes after 20",
        site2(TRAM),
        twice(lambda route, _: client_odd.short_upload(route, TRAM, "/v1/photo")),
    ),
    unclear(
        ill(
            "f6_socket_unknown_opcode_sent",
            CLIENT,
            "the app sends frames of an opcode that is not there; written down as 1002 of its own",
            web(socket_saying(HELLO)),
            talks(2, frame(11, b"x", b"\x01\x02\x03\x04")),
        )
    ),
    unclear(
        ill(
            "f6_never_follows",
            CLIENT,
            "the app does not follow a permanent redirect and asks again",
            web(redirect("/v2/lines", 308)),
            twice(get(TRAM, "/v1/lines")),
        )
    ),
)
