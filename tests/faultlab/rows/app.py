"""The app's own doing."""

from __future__ import annotations

import time
from dataclasses import replace

import h2.errors

from tests.faultlab import client, client_http2
from tests.faultlab.client_refusing import too_old
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Play
from tests.faultlab.origin_http1 import after, answer, drip, hang
from tests.faultlab.origin_http2 import after2, answer2
from tests.faultlab.origin_raw import websocket
from tests.faultlab.rows.making import (
    API,
    CLIENT,
    OTHERS_FINE,
    USE_OTHERS,
    get,
    row,
    site,
    site2,
    together,
)

SLOW2 = after2(1.5, answer2())


def says(data: bytes, *, then: str = "read", wait: float = 0.3) -> Play:
    """Sends these bytes inside TLS; `then` read, fin or rst."""

    def play(route: client.Route, capture: Capture) -> None:
        with client.raw(route, API) as sock:
            if sock is None:
                return
            sock.sendall(data)
            if then == "read":
                sock.settimeout(2.0)
                sock.recv(4096)
                return
            time.sleep(wait)
            if then == "rst":
                client.reset(sock)

    return play


def message(*lines: str, body: str = "") -> bytes:
    """A request, line by line."""
    return (
        "\r\n".join(["GET /v1/items HTTP/1.1", f"Host: {API}", *lines]) + "\r\n\r\n" + body
    ).encode()


UPLOAD = (
    f"POST /v1/upload HTTP/1.1\r\nHost: {API}\r\nContent-Type: video/mp4\r\n"
    "Content-Length: 5000\r\n\r\n".encode()
    + b"u" * 200
)


def on_open_stream(action: str) -> Play:
    """cancel, internal, close, goaway or die, half a second after the request."""

    def play(route: client.Route, capture: Capture) -> None:
        try:
            session = client_http2.Session2(route, API)
        except OSError:
            return
        number = session.begin("/v1/items")
        session.wait(number, seconds=0.5)
        if action == "cancel":
            session.cancel(number, h2.errors.ErrorCodes.CANCEL)
            session.wait(number, seconds=0.3)
        elif action == "internal":
            session.cancel(number, h2.errors.ErrorCodes.INTERNAL_ERROR)
            session.wait(number, seconds=0.3)
        elif action == "goaway":
            session.goaway()
        elif action == "die":
            session.die()
        session.close()

    return play


def leaves_body(ending: str) -> Play:
    """Closes inside a body that flows well."""

    def play(route: client.Route, capture: Capture) -> None:
        with client.raw(route, API) as sock:
            if sock is None:
                return
            sock.sendall(message())
            for _ in range(4):
                sock.recv(8192)
            if ending == "rst":
                client.reset(sock)

    return play


def times_out_sooner_than_usual(route: client.Route, capture: Capture) -> None:
    """Three answers after 1.2 s are taken; then the app gives up after 0.3 s, twice."""
    for _ in range(3):
        client.get(route, API)
    for _ in range(2):
        client.get(route, API, timeout=0.3)
        time.sleep(0.2)


NO_ORIGIN_SEES_IT = (site(API, answer(400, "bad request")),)

ROWS = (
    row(
        "header_with_space",
        CLIENT,
        "a header name with a space",
        NO_ORIGIN_SEES_IT,
        together(says(message("X Bad: 1")), says(message("X Bad: 1"))),
    ),
    row(
        "length_and_chunked",
        CLIENT,
        "both Content-Length and Transfer-Encoding",
        NO_ORIGIN_SEES_IT,
        says(
            message("Content-Length: 3", "Transfer-Encoding: chunked", body="3\r\nabc\r\n0\r\n\r\n")
        ),
    ),
    row(
        "two_lengths",
        CLIENT,
        "two Content-Length headers that differ",
        NO_ORIGIN_SEES_IT,
        says(message("Content-Length: 3", "Content-Length: 5", body="abcde")),
    ),
    replace(
        row(
            "not_http",
            CLIENT,
            "bytes that are not HTTP inside TLS",
            NO_ORIGIN_SEES_IT,
            says(b"\x01\x02hello\r\n\r\n"),
        ),
        separable=False,
    ),
    replace(
        row(
            "path_with_space",
            CLIENT,
            "a space in the request line",
            NO_ORIGIN_SEES_IT,
            says(f"GET /v1 items HTTP/1.1\r\nHost: {API}\r\n\r\n".encode()),
        ),
        separable=False,
    ),
    row(
        "upload_dies_rst",
        CLIENT,
        "the process dies inside an upload",
        (site(),),
        together(get(), says(UPLOAD, then="rst")),
    ),
    row(
        "upload_dies_fin",
        CLIENT,
        "the upload ends short",
        (site(),),
        together(get(), says(UPLOAD, then="fin")),
    ),
    row(
        "impatient_against_baseline",
        CLIENT,
        "gives up far sooner than the endpoint's usual time",
        (site(API, after(1.2, answer())),),
        times_out_sooner_than_usual,
    ),
    replace(
        row(
            "impatient_alone",
            CLIENT,
            "gives up after 0.4 s, once",
            (site(API, after(1.2, answer())),),
            get(timeout=0.4),
        ),
        separable=False,
    ),
    replace(
        row(
            "impatient_while_origin_hangs",
            CLIENT,
            "gives up after 0.4 s; nobody knows what would come",
            (site(API, hang, front=hang),),
            get(timeout=0.4),
        ),
        separable=False,
    ),
    replace(
        row(
            "h2_cancels",
            CLIENT,
            "RST_STREAM CANCEL after 0.5 s",
            (site2(API, SLOW2),),
            on_open_stream("cancel"),
        ),
        separable=False,
    ),
    row(
        "h2_resets_internal",
        CLIENT,
        "RST_STREAM INTERNAL_ERROR after 0.5 s",
        (site2(API, SLOW2),),
        on_open_stream("internal"),
    ),
    row(
        "h2_closes",
        CLIENT,
        "FIN with a stream open after 0.5 s",
        (site2(API, SLOW2),),
        on_open_stream("close"),
    ),
    row(
        "h2_dies",
        CLIENT,
        "RST with a stream open after 0.5 s",
        (site2(API, SLOW2),),
        on_open_stream("die"),
    ),
    row(
        "h2_goaway",
        CLIENT,
        "GOAWAY with a stream open after 0.5 s",
        (site2(API, SLOW2),),
        on_open_stream("goaway"),
    ),
    row(
        "leaves_body_fin",
        CLIENT,
        "closes inside a body that flows well",
        (site(API, drip(900_000, 200_000.0)),),
        leaves_body("fin"),
    ),
    row(
        "leaves_body_rst",
        CLIENT,
        "RST inside a body that flows well",
        (site(API, drip(900_000, 200_000.0)),),
        leaves_body("rst"),
    ),
    replace(
        row(
            "websocket_dropped",
            CLIENT,
            "drops the WebSocket without a close frame",
            (site(API, websocket("echo_wait")),),
            lambda route, _: client.upgrade(route, API, leaves_after=0.6),
        ),
        separable=False,
    ),
    row(
        "offers_old_tls",
        CLIENT,
        "TLS 1.1 at most",
        (site(), *OTHERS_FINE),
        together(
            USE_OTHERS, lambda route, _: too_old(route, API), lambda route, _: too_old(route, API)
        ),
    ),
)
