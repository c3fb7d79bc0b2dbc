"""Nothing is wrong: whatever the harness says here but "passed" is a false alarm."""

from __future__ import annotations

import time
import zlib
from dataclasses import replace

import brotli
import h2.errors
import zstandard

from tests.faultlab import client, client_http2
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.client_refusing import leaving_after_handshake
from tests.faultlab.experiment import Capture
from tests.faultlab.origin_http1 import (
    after,
    answer,
    bare,
    by_path,
    chunked,
    compressed,
    events,
    in_turn,
    redirect,
    serve,
    then_close,
)
from tests.faultlab.origin_http2 import after2, answer2, by_path2, fine_then_goaway2, grpc
from tests.faultlab.origin_raw import websocket
from tests.faultlab.rows.making import (
    API,
    AUTH,
    FINE,
    MEDIA,
    NEWS,
    OTHERS_FINE,
    USE_OTHERS,
    get,
    get2,
    post,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.world import Host

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


def keep_alive(route: client.Route, capture: Capture) -> None:
    """Five calls on one connection."""
    session = client.Session(route, API)
    for number in range(5):
        session.ask("GET", f"/v1/items/{number}")
    session.close()


def idle_then_again(route: client.Route, capture: Capture) -> None:
    """A second call after the origin has closed the idle connection."""
    session = client.Session(route, API)
    session.ask("GET", "/v1/items")
    time.sleep(1.0)
    session.ask("GET", "/v1/more")
    session.close()


def plain(route: client.Route, capture: Capture) -> None:
    """Plain HTTP."""
    session = client.Session(route, API, plain=True)
    session.ask("GET", "/v1/items")
    session.close()


def follow(route: client.Route, capture: Capture) -> None:
    """Follows one redirect."""
    got = client.get(route, API, "/old")
    to = got.headers.get("location", "")
    if to:
        host, _, path = to.removeprefix("https://").partition("/")
        client.get(route, host, "/" + path)


def spare_connection(route: client.Route, capture: Capture) -> None:
    """A preconnect beside the connection that carries the calls."""
    leaving_after_handshake(route, API)
    client.get(route, API)


def lost_race(route: client.Route, capture: Capture) -> None:
    """Opens a second tunnel that loses the race and is dropped before TLS."""
    client.tunnel(route, API).close()
    client.get(route, API)


def with_validators(route: client.Route, capture: Capture) -> None:
    """A conditional request."""
    client.get(route, API)
    client.call(route, API, "GET", "/v1/items", If_None_Match='"abc"')


def cancels_prefetch(route: client.Route, capture: Capture) -> None:
    """Scrolls on: cancels pictures that are no longer wanted, the rest is fine."""
    session = client_http2.Session2(route, API)
    wanted = session.begin("/v1/items")
    session.wait(wanted)
    for number in [session.begin(f"/pictures/{index}") for index in range(3)]:
        session.cancel(number, h2.errors.ErrorCodes.CANCEL)
    last = session.begin("/v1/more")
    session.wait(last)
    session.close()


def eight_at_once(route: client.Route, capture: Capture) -> None:
    """Eight connections, one after the other answered, all kept open."""
    sessions = [client.Session(route, API) for _ in range(8)]
    for number, session in enumerate(sessions):
        session.ask("GET", f"/v1/items/{number}")
    for session in sessions:
        session.close()


def upload(route: client.Route, capture: Capture) -> None:
    """A large upload."""
    client.call(route, API, "POST", "/v1/upload", b"u" * 2_000_000, Content_Type="video/mp4")


def stale(route: client.Route) -> None:
    """Two calls on one connection, and the second once more on a new one."""
    session = client.Session(route, API)
    session.ask("GET", "/v1/items")
    again = session.ask("GET", "/v1/more")
    session.close()
    if again.status != 200:
        client.get(route, API, "/v1/more")


def deflate(data: bytes) -> bytes:
    """zlib, as Content-Encoding: deflate means it."""
    return zlib.compress(data)


ROWS = (
    row("ok_get", FINE, "nothing", (site(),), get()),
    row("ok_many_hosts", FINE, "nothing", (site(), *OTHERS_FINE), together(get(), USE_OTHERS)),
    row("ok_http2", FINE, "nothing", (site2(),), get2(API, "/a", "/b")),
    row("ok_h2_app_h1_origin", FINE, "nothing", (site(),), get2()),
    row("ok_keep_alive", FINE, "nothing", (site(),), keep_alive),
    row("ok_eight_connections", FINE, "nothing", (site(),), eight_at_once),
    row("ok_twenty_streams", FINE, "nothing", (site2(),), get2(API, *(f"/{n}" for n in range(20)))),
    row(
        "ok_plain_http",
        FINE,
        "nothing",
        (Host(API, serve(answer()), reach="bare", port=80),),
        plain,
    ),
    row(
        "ok_idle_connection_closed",
        FINE,
        "the origin closes an idle connection",
        (site(API, then_close(answer())),),
        idle_then_again,
    ),
    row(
        "ok_graceful_goaway",
        FINE,
        "GOAWAY after the answer",
        (site2(API, fine_then_goaway2),),
        get2(),
    ),
    row("ok_slow_3s", FINE, "a slow answer", (site(API, after(3.0, answer())),), get()),
    row("ok_slow_h2", FINE, "a slow answer", (site2(API, after2(3.0, answer2())),), get2()),
    row(
        "ok_long_poll",
        FINE,
        "a poll that is answered after 5 s with nothing new",
        (site(API, by_path({"/v1/poll": after(5.0, bare(204))})),),
        together(get(), get(API, "/v1/poll")),
    ),
    row(
        "ok_slow_handshake",
        FINE,
        "the handshake begins 1.5 s late",
        (replace(site(), tls=TlsPlan(after=1.5)),),
        get(),
    ),
    row(
        "ok_redirect_same_host",
        FINE,
        "a redirect",
        (site(API, by_path({"/old": redirect(f"https://{API}/new")})),),
        follow,
    ),
    row(
        "ok_redirect_other_host",
        FINE,
        "a redirect",
        (site(API, redirect(f"https://{MEDIA}/x")), site(MEDIA)),
        follow,
    ),
    row(
        "ok_optional_404",
        FINE,
        "an optional picture is missing",
        (site(API, by_path({"/favicon.ico": answer(404, "", "text/plain")})),),
        together(get(), get(API, "/favicon.ico"), get(API, "/v1/more")),
    ),
    row("ok_204", FINE, "nothing", (site(API, bare(204)),), post(API, "/v1/seen")),
    row(
        "ok_304",
        FINE,
        "nothing",
        (site(API, in_turn(answer(200, etag='"abc"'), bare(304, etag='"abc"'))),),
        with_validators,
    ),
    row(
        "ok_head",
        FINE,
        "nothing",
        (site(),),
        lambda route, _: client.call(route, API, "HEAD", "/v1"),
    ),
    row(
        "ok_large_body",
        FINE,
        "nothing",
        (site(API, answer(200, b"v" * 3_000_000, "video/mp4")),),
        get(),
    ),
    row("ok_large_upload", FINE, "nothing", (site(),), upload),
    row("ok_chunked", FINE, "nothing", (site(API, chunked(b'{"items":', b" []}")),), get()),
    row("ok_gzip", FINE, "nothing", (site(API, compressed("gzip")),), get()),
    row("ok_deflate", FINE, "nothing", (site(API, compressed("deflate", deflate)),), get()),
    row("ok_brotli", FINE, "nothing", (site(API, compressed("br", brotli.compress)),), get()),
    row(
        "ok_zstd",
        FINE,
        "nothing",
        (site(API, compressed("zstd", zstandard.ZstdCompressor().compress)),),
        get(),
    ),
    row("ok_picture", FINE, "nothing", (site(API, answer(200, JPEG, "image/jpeg")),), get()),
    row(
        "ok_protobuf",
        FINE,
        "nothing",
        (site(API, answer(200, b"\x08\x96\x01\x12\x04test", "application/x-protobuf")),),
        get(),
    ),
    row(
        "ok_partial_content",
        FINE,
        "nothing",
        (site(API, answer(206, b"x" * 500, "video/mp4", content_range="bytes 0-499/9000")),),
        get(),
    ),
    row("ok_preconnect", FINE, "nothing", (site(),), spare_connection),
    row("ok_lost_race", FINE, "nothing", (site(),), lost_race),
    row("ok_event_stream", FINE, "nothing", (site(API, events(0.3, 6)),), get()),
    row(
        "ok_websocket",
        FINE,
        "nothing",
        (site(API, websocket("fine")),),
        lambda route, _: client.upgrade(route, API),
    ),
    row(
        "ok_grpc",
        FINE,
        "nothing",
        (site2(API, grpc(0, body=b"ok")),),
        lambda route, _: client_http2.grpc_call(route, API),
    ),
    row(
        "ok_cancelled_prefetch",
        FINE,
        "the app cancels pictures that it scrolled past",
        (
            site2(
                API,
                by_path2({f"/pictures/{n}": after2(0.3, answer2()) for n in range(3)}, answer2()),
            ),
        ),
        cancels_prefetch,
    ),
    row(
        "ok_one_retry",
        FINE,
        "one 503, the app's retry is answered",
        (site(API, in_turn(answer(503), answer())),),
        get(times=3),
    ),
    row(
        "ok_recovery",
        FINE,
        "500 twice, then well again, on several endpoints",
        (site(API, in_turn(answer(500), answer(500), answer())), site(NEWS)),
        together(get(times=4), get(NEWS, "/today"), get(API, "/v1/items")),
    ),
    row(
        "ok_stale_connection",
        FINE,
        "the origin closes as the second request comes; the app's retry is answered",
        (site(API, in_turn(answer(), lambda wire, request: False, answer())), site(AUTH)),
        together(lambda route, _: stale(route), get(AUTH, "/session")),
    ),
)
