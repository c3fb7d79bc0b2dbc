"""Origins that are silent, slow, shut, or break what they say."""

from __future__ import annotations

import time
from dataclasses import replace

import h2.errors

from tests.faultlab import client, client_http2
from tests.faultlab.experiment import Capture
from tests.faultlab.origin_http1 import (
    after,
    answer,
    by_path,
    chunked,
    close_unanswered,
    cut_body,
    drip,
    hang,
    in_turn,
    raw_bytes,
    reset_unanswered,
)
from tests.faultlab.origin_http2 import (
    answer2,
    by_path2,
    close2_in_body,
    goaway2,
    hang2,
    reset2,
    reset2_in_body,
    tcp_reset2,
)
from tests.faultlab.origin_raw import (
    close_in_handshake,
    close_on_accept,
    mute,
    not_tls,
    reset_in_handshake,
    reset_on_accept,
)
from tests.faultlab.rows.making import (
    API,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    below_tls,
    get,
    get2,
    row,
    site,
    site2,
    together,
    unreachable,
)

INTERNAL, CANCEL = h2.errors.ErrorCodes.INTERNAL_ERROR, h2.errors.ErrorCodes.CANCEL
REFUSED_STREAM = h2.errors.ErrorCodes.REFUSED_STREAM


def late_hello(route: client.Route, capture: Capture) -> None:
    """The phone's round trip after the CONNECT answer is 80 ms."""
    for _ in range(2):
        try:
            client.secured(route, API, "http/1.1", timeout=3.0, hello_after=0.08).close()
        except OSError:
            time.sleep(0.3)


def calls_then_waits(route: client.Route, capture: Capture) -> None:
    """One stream hangs while the others of the connection are answered; 11 s of patience."""
    session = client_http2.Session2(route, API, timeout=11.0)
    slow = session.begin("/v1/report")
    quick = session.begin("/v1/items")
    session.wait(slow, quick)
    session.close()


ROWS = (
    row(
        "hang_whole_host",
        SERVER,
        "no request is answered, not even a passer-by's; three tries of 2 s",
        (site(API, hang, front=hang), *OTHERS_FINE),
        together(USE_OTHERS, get(times=3, timeout=2.0)),
    ),
    row(
        "hang_one_endpoint_11s",
        SERVER,
        "one endpoint never answers; the app waits 11 s",
        (site(API, by_path({"/v1/report": hang})),),
        together(get(), get(API, "/v1/report", timeout=11.0)),
    ),
    replace(
        row(
            "hang_one_short_wait",
            SERVER,
            "one endpoint never answers; the app's time-out is 2 s, once",
            (site(API, hang),),
            get(timeout=2.0),
        ),
        separable=False,
    ),
    row(
        "hang_three_tries",
        SERVER,
        "one endpoint never answers; the app gives up after 3 s, three times",
        (site(API, by_path({"/v1/report": hang})), *OTHERS_FINE),
        together(USE_OTHERS, get(), get(API, "/v1/report", times=3, timeout=3.0)),
    ),
    row(
        "hang_h2_stream",
        SERVER,
        "one stream of many is never answered, 11 s",
        (site2(API, by_path2({"/v1/report": hang2}, answer2())),),
        calls_then_waits,
    ),
    replace(
        row(
            "drip_body",
            SERVER,
            "a body at 100 B/s; the app gives up after 2.5 s",
            (site(API, drip(20_000, 100.0)),),
            get(times=2, timeout=2.5),
        ),
        separable=False,
    ),
    row(
        "too_slow_for_the_app",
        SERVER,
        "an answer after 14 s; the app waits 11 s",
        (site(API, after(14.0, answer())),),
        get(timeout=11.0),
    ),
    row(
        "refused",
        SERVER,
        "nothing listens",
        (unreachable(API, "refused"), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    row("refused_alone", SERVER, "nothing listens", (unreachable(API, "refused"),), get()),
    row(
        "reset_on_accept",
        SERVER,
        "RST after the connection",
        (below_tls(API, reset_on_accept), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    row(
        "close_on_accept_late_hello",
        SERVER,
        "FIN after the connection, before the ClientHello",
        (below_tls(API, close_on_accept), *OTHERS_FINE),
        together(USE_OTHERS, late_hello),
    ),
    row(
        "reset_in_handshake",
        SERVER,
        "RST after the ClientHello",
        (below_tls(API, reset_in_handshake), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    replace(
        row(
            "reset_in_handshake_alone",
            SERVER,
            "RST after the ClientHello, no other host seen",
            (below_tls(API, reset_in_handshake),),
            get(),
        ),
        separable=False,
    ),
    row(
        "close_in_handshake",
        SERVER,
        "FIN after the ClientHello",
        (below_tls(API, close_in_handshake), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    row(
        "mute_in_handshake",
        SERVER,
        "the ClientHello is never answered",
        (below_tls(API, mute), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2, timeout=3.0)),
    ),
    row(
        "not_tls",
        SERVER,
        "plain HTTP on the TLS port",
        (below_tls(API, not_tls), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    replace(
        row(
            "syn_dropped",
            SERVER,
            "the queue of the origin is full",
            (unreachable(API, "syn_dropped"), *OTHERS_FINE),
            together(USE_OTHERS, get(times=2, timeout=3.0)),
        ),
        separable=False,
    ),
    row(
        "reset_after_request",
        SERVER,
        "RST instead of an answer",
        (site(API, reset_unanswered),),
        get(times=3),
    ),
    row(
        "close_after_request",
        SERVER,
        "FIN instead of an answer",
        (site(API, close_unanswered),),
        get(times=3),
    ),
    row(
        "close_one_endpoint",
        SERVER,
        "FIN instead of an answer, one endpoint",
        (site(API, by_path({"/v1/report": close_unanswered})),),
        together(get(), get(API, "/v1/report", times=3)),
    ),
    row(
        "truncated_length",
        SERVER,
        "211 of 1000 bytes",
        (site(API, cut_body(b"x" * 211, 1000)),),
        get(times=2),
    ),
    row(
        "truncated_chunked",
        SERVER,
        "a chunked body without its end",
        (site(API, chunked(b'{"items": [', ends=False)),),
        get(times=2),
    ),
    row(
        "garbage",
        SERVER,
        "bytes that are not HTTP",
        (site(API, raw_bytes(b"\x00\x01\x02 this is not http\r\n\r\n")),),
        get(times=2),
    ),
    row(
        "half_a_head",
        SERVER,
        "FIN inside the head",
        (site(API, raw_bytes(b"HTTP/1.1 200 OK\r\nServer: lab-or")),),
        get(times=2),
    ),
    row(
        "fails_every_second_time",
        SERVER,
        "every second call is cut off",
        (
            site(
                API,
                in_turn(
                    answer(),
                    close_unanswered,
                    answer(),
                    close_unanswered,
                    close_unanswered,
                    close_unanswered,
                ),
            ),
        ),
        together(get(), get(), get(), get()),
    ),
    row(
        "h2_reset_internal",
        SERVER,
        "RST_STREAM INTERNAL_ERROR",
        (site2(API, reset2(INTERNAL)),),
        get2(times=2),
    ),
    row(
        "h2_reset_refused_stream",
        SERVER,
        "RST_STREAM REFUSED_STREAM, each time",
        (site2(API, reset2(REFUSED_STREAM)),),
        get2(times=3),
    ),
    row(
        "h2_reset_cancel_by_origin",
        SERVER,
        "RST_STREAM CANCEL by the origin",
        (site2(API, reset2(CANCEL)),),
        get2(times=2),
    ),
    row(
        "h2_reset_in_body",
        SERVER,
        "RST_STREAM after some data",
        (site2(API, reset2_in_body),),
        get2(times=2),
    ),
    row(
        "h2_goaway_no_error",
        SERVER,
        "GOAWAY instead of an answer",
        (site2(API, goaway2(h2.errors.ErrorCodes.NO_ERROR)),),
        get2(times=2),
    ),
    row(
        "h2_goaway_calm",
        SERVER,
        "GOAWAY ENHANCE_YOUR_CALM",
        (site2(API, goaway2(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM, b"too_many_pings")),),
        get2(times=2),
    ),
    row("h2_tcp_reset", SERVER, "RST of the connection", (site2(API, tcp_reset2),), get2(times=2)),
    row(
        "h2_close_in_body",
        SERVER,
        "FIN inside a body",
        (site2(API, close2_in_body),),
        get2(times=2),
    ),
)
