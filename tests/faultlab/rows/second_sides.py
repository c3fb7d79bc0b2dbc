"""Second draw: the app, the phone, ourselves, and the app's own envelopes."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import h2.errors

from tests.faultlab import client, client_http2
from tests.faultlab.client_refusing import (
    BAD_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNKNOWN,
    UNKNOWN_CA,
    leaving_after_handshake,
)
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import after, answer, bare, by_path, chunked, events, redirect
from tests.faultlab.origin_http2 import after2, answer2
from tests.faultlab.rows.app import says
from tests.faultlab.rows.machinery import freeze_then, kill_proxy
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    API,
    CLIENT,
    DEVICE,
    FINE,
    HARNESS,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    Truth,
    get,
    get2,
    pause,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.rows.tiktok import (
    FOLLOWERS,
    LOGIN,
    PROFILE,
    TIKTOK,
    log_in,
    service,
    start,
    tiktok,
)
from tests.faultlab.rows.trust import refusing
from tests.faultlab.tiktok_bodies import app_body, passport_error
from tests.faultlab.tiktok_bodies import says as reply_of

PETS, FOOD, GYM, BANK = (
    "svc.pet-vet.example",
    "order.noodle-bar.example",
    "me.iron-gym.example",
    "id.tiny-bank.example",
)
ALL = (PETS, FOOD, GYM, BANK)
ALL_FINE = tuple(site(host) for host in ALL)
CALL = get(API, "/v3/feed", times=2)


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def hidden(name: str, truth: Truth, breaks: str, play: Play) -> Fault:
    """No call can be read."""
    return replace(row(name, truth, breaks, ALL_FINE, play), visibility="opaque")


def impatient(seconds: float, times: int) -> Play:
    """Gives up after `seconds`, which is sooner than the usual answer."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client.get(route, API, "/v3/feed", seconds)
            time.sleep(0.2)

    return play


def long_poll(route: client.Route, capture: Capture) -> None:
    """A poll that is answered after seven seconds, as such calls are."""
    client.get(route, API, "/v3/poll", 20.0)


def cancelled_prefetch(route: client.Route, capture: Capture) -> None:
    """Two pictures are scrolled past; the call that matters is answered."""
    session = client_http2.Session2(route, API)
    pictures = [session.begin(f"/pics/{number}.webp") for number in range(2)]
    session.wait(*pictures, seconds=0.2)
    for number in pictures:
        session.cancel(number, h2.errors.ErrorCodes.CANCEL)
    feed = session.begin("/v3/feed")
    session.wait(feed)
    session.close()


def preconnects(route: client.Route, capture: Capture) -> None:
    """Two spare connections beside the one that is used."""
    for _ in range(2):
        leaving_after_handshake(route, API)
    client.get(route, API, "/v3/feed")


def follow(route: client.Route, capture: Capture) -> None:
    """Plain HTTP is sent to HTTPS, once."""
    client.get(route, API, "/old")
    client.get(route, API, "/new")


def dies_in_upload(route: client.Route, capture: Capture) -> None:
    """The process ends inside its own upload, twice."""
    head = f"PUT /v3/photo HTTP/1.1\r\nHost: {API}\r\nContent-Length: 90000\r\n\r\n".encode()
    for _ in range(2):
        says(head + b"j" * 3000, then="rst", wait=0.2)(route, capture)


def frozen_call(route: client.Route, capture: Capture) -> None:
    """The app calls while our proxy stands still for five seconds."""
    freeze_then(5.0, lambda r, _: client.get(r, API, "/v3/feed", 3.0))(route, capture)


def killed_beside(route: client.Route, capture: Capture) -> None:
    """Our proxy dies while a call of 2 s is under way."""
    app = threading.Thread(target=client.get, args=(route, API, "/v3/feed", 4.0))
    app.start()
    time.sleep(0.6)
    kill_proxy(route, capture)
    app.join(8.0)


def code(name: str, truth: Truth, number: int, text: str = "") -> Fault:
    """The log-in service refuses with this code and text."""
    return tiktok(
        name, truth, f"code {number}", log_in, login=reply_of(passport_error(number, text))
    )


def app_says(name: str, truth: Truth, breaks: str, path: str, need: str, **body: Any) -> Fault:
    """The app's API says this where the step needs data."""
    return tiktok(
        name, truth, breaks, get(TIKTOK, path, times=2), **{need: reply_of(app_body(**body))}
    )


ROWS = (
    row(
        "impatient_half_second",
        CLIENT,
        "0.5 s of patience for answers of 2 s",
        (site(API, after(2.0, answer())), *OTHERS_FINE),
        together(USE_OTHERS, impatient(0.5, 3)),
    ),
    unclear(
        row(
            "impatient_or_hang",
            CLIENT,
            "3 s of patience for answers of 4 s, once",
            (site(API, after(4.0, answer())),),
            impatient(3.0, 1),
        )
    ),
    row(
        "header_line_without_colon",
        CLIENT,
        "a header line without a colon",
        (site(API, answer(400, "")),),
        together(*[says(f"GET /v3/feed HTTP/1.1\r\nHost: {API}\r\nnonsense\r\n\r\n".encode())] * 2),
    ),
    row(
        "negative_length",
        CLIENT,
        "Content-Length: -4",
        (site(API, answer(400, "")),),
        together(
            *[says(f"POST /v3/feed HTTP/1.1\r\nHost: {API}\r\nContent-Length: -4\r\n\r\n".encode())]
            * 2
        ),
    ),
    row(
        "dies_in_upload",
        CLIENT,
        "the app's process ends inside its upload",
        (site(API), *OTHERS_FINE),
        together(USE_OTHERS, dies_in_upload),
    ),
    row(
        "long_poll_fine",
        FINE,
        "a poll answered after 7 s",
        (site(API, by_path({"/v3/poll": after(7.0, answer())})),),
        together(get(), long_poll),
    ),
    row(
        "prefetch_cancelled_fine",
        FINE,
        "two pictures scrolled past",
        (site2(API, after2(0.5, answer2())),),
        cancelled_prefetch,
    ),
    row("preconnects_fine", FINE, "two spare connections", (site(API),), preconnects),
    row(
        "no_content_fine",
        FINE,
        "204 and 304",
        (site(API, by_path({"/a": bare(204), "/b": bare(304)})),),
        together(get(API, "/a"), get(API, "/b"), get(API, "/v3/feed")),
    ),
    row(
        "moved_once_fine",
        FINE,
        "one redirect, then the answer",
        (site(API, by_path({"/old": redirect(f"https://{API}/new", 308)})),),
        follow,
    ),
    row(
        "stream_left_fine",
        FINE,
        "an event stream that the app leaves after 2 s",
        (site(API, events(0.3, 30)), *OTHERS_FINE),
        together(USE_OTHERS, get(API, "/v3/events", timeout=2.0)),
    ),
    row(
        "slow_chunks_fine",
        FINE,
        "a slow answer in twenty pieces",
        (site(API, after(1.0, chunked(*[b" "] * 20, b'{"a":1}'))),),
        CALL,
    ),
    row(
        "missing_icon_fine",
        FINE,
        "404 for an icon, all else well",
        (site(API, by_path({"/favicon.ico": answer(404, "")})),),
        together(get(API, "/favicon.ico"), get(API, "/v3/feed"), get(API, "/v3/me")),
    ),
    row(
        "proxy_frozen_new_call",
        HARNESS,
        "our proxy stands still while the app calls",
        (site(API),),
        together(get(), frozen_call, pause(1.0)),
    ),
    row(
        "proxy_killed_under_call",
        HARNESS,
        "our proxy dies under a call",
        (site(API, after(2.0, answer())),),
        killed_beside,
    ),
    hidden(
        "clock_ahead_again",
        DEVICE,
        "certificate_expired at four owners' hosts",
        refusing(*ALL, alert=CERTIFICATE_EXPIRED, times=1),
    ),
    unclear(
        hidden(
            "clock_behind_unknown",
            DEVICE,
            "a clock behind: certificate_unknown everywhere",
            refusing(*ALL, alert=CERTIFICATE_UNKNOWN),
        )
    ),
    unclear(
        hidden(
            "clock_behind_bad",
            DEVICE,
            "a clock behind: bad_certificate everywhere, once",
            refusing(*ALL, alert=BAD_CERTIFICATE, times=1),
        )
    ),
    hidden(
        "authority_missing_12",
        HARNESS,
        "unknown_ca at four owners' hosts, TLS 1.2",
        refusing(*ALL, alert=UNKNOWN_CA, old=True),
    ),
    replace(
        row(
            "pinned_two_of_four",
            HARNESS,
            "two hosts of one app are pinned",
            (*ALL_FINE, site(API)),
            together(get(PETS), get(FOOD), refusing(GYM, BANK, alert=UNKNOWN_CA)),
        ),
        visibility="opaque",
    ),
    unclear(code("tt_unknown_code_silent", SERVER, 2999)),
    code("tt_unknown_code_says_server", SERVER, 3151, "Server error, please try again later"),
    code("tt_wrong_password_text_only", ACCOUNT, 3777, "Incorrect account or password"),
    code("tt_frequent_no_text", ACCOUNT_GATE, 7),
    code("tt_slider", ACCOUNT_GATE, 1105, "Drag the slider to fit the puzzle"),
    app_says("tt_followers_null", SERVER, "a success without its list", FOLLOWERS, "followers"),
    app_says(
        "tt_list_hidden_again",
        ACCOUNT,
        "hidden by its owner",
        FOLLOWERS,
        "followers",
        status_code=2096,
        status_msg="",
    ),
    app_says(
        "tt_session_over",
        ACCOUNT,
        "Login expired",
        PROFILE,
        "profile",
        status_code=8,
        status_msg="Login expired",
    ),
    unclear(
        app_says(
            "tt_app_code_unknown",
            SERVER,
            "a code that nobody knows",
            PROFILE,
            "profile",
            status_code=3002290,
            status_msg="",
        )
    ),
    tiktok(
        "tt_login_html",
        SERVER,
        "the log-in answers with a page",
        log_in,
        login=answer(200, "<html><body>502</body></html>", "text/html"),
    ),
    tiktok(
        "tt_login_502_envelope",
        SERVER,
        "502 under the app's own envelope",
        together(log_in, log_in),
        login=answer(502, {"message": "error", "data": {"error_code": 0, "description": ""}}),
    ),
    replace(
        row(
            "tt_login_impatient",
            CLIENT,
            "the log-in is left after 0.8 s",
            service(login=after(2.0, reply_of(passport_error(0)))),
            together(start, get(TIKTOK, LOGIN, times=3, timeout=0.8)),
        ),
        profile="tiktok",
    ),
    row(
        "hang_h2_whole",
        SERVER,
        "HTTP/2: nothing is answered, two tries of 4 s",
        (site2(API, after2(20.0, answer2()), front=after2(20.0, answer2())), *OTHERS_FINE),
        together(USE_OTHERS, get2(API, "/v3/feed", timeout=4.0, times=2)),
    ),
)
