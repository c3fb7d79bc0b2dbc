"""Third draw: the app, the phone, ourselves, TikTok's envelopes and the plain demo app."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import h2.errors

from tests.faultlab import client, client_http2
from tests.faultlab.client_refusing import CERTIFICATE_EXPIRED, CERTIFICATE_UNKNOWN, UNKNOWN_CA
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import (
    Reply,
    after,
    answer,
    close_unanswered,
    cut_body,
    hang,
    in_turn,
)
from tests.faultlab.origin_http2 import after2, answer2
from tests.faultlab.rows.machinery import end_capture, freeze, kill_proxy
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    CLIENT,
    DEVICE,
    FINE,
    HARNESS,
    SERVER,
    Truth,
    get,
    get2,
    row,
    site,
    site2,
    together,
    unreachable,
)
from tests.faultlab.rows.mixed import CDN, NOTES, SINGAPORE, notes, sign_in
from tests.faultlab.rows.tiktok import (
    FEED,
    FOLLOWERS,
    PROFILE,
    TELEMETRY,
    TIKTOK,
    everything,
    listed,
    log_in,
    refused_log_in,
    report,
    service,
    shown,
    start,
    tiktok,
)
from tests.faultlab.rows.trust import refusing
from tests.faultlab.tiktok_bodies import app_body, feed, logged_in, passport_error, profile
from tests.faultlab.tiktok_bodies import says as reply_of
from tests.faultlab.world import Host

CHESS, SOCK, LAMP, BOAT = (
    "play.chess-cafe.example",
    "shop.odd-socks.example",
    "home.warm-lamps.example",
    "rent.blue-boats.example",
)
REST = (site(SOCK), site(LAMP), site(BOAT))
USE_REST = together(get(SOCK, "/a"), get(LAMP, "/b"), get(BOAT, "/c"))
NEW_ACCOUNT = app_body(
    user={
        "unique_id": "lab.new",
        "nickname": "New",
        "follower_count": 0,
        "following_count": 3,
        "history_max_follower_count": 0,
    }
)


def app_does(name: str, breaks: str, play: Play, host: Host | None = None) -> Fault:
    """The app's own doing at one host; three others are well."""
    return row(name, CLIENT, breaks, (host or site(CHESS), *REST), together(USE_REST, play))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def sends(data: bytes, *, waits: float = 1.0, times: int = 2) -> Play:
    """These bytes inside TLS, a pause, FIN."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            with client.raw(route, CHESS) as sock:
                if sock is not None:
                    sock.sendall(data)
                    time.sleep(waits)

    return play


def garbles_h2(route: client.Route, capture: Capture) -> None:
    """Agrees on HTTP/2 and sends frames that are none, twice."""
    for _ in range(2):
        try:
            with client.secured(route, CHESS, "h2") as sock:
                sock.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 64)
                sock.settimeout(1.0)
                sock.recv(4096)
        except OSError:
            continue


def leaves_sooner_h2(route: client.Route, capture: Capture) -> None:
    """Takes three answers after 1.5 s, then cancels twice after 0.3 s."""
    for _ in range(3):
        client_http2.get2(route, CHESS, "/board")
    for _ in range(2):
        session = client_http2.Session2(route, CHESS)
        number = session.begin("/board")
        session.wait(number, seconds=0.3)
        session.cancel(number, h2.errors.ErrorCodes.CANCEL)
        session.close()


def during_h2(act: Play) -> Play:
    """Half a second after a call over HTTP/2, `act` happens."""

    def play(route: client.Route, capture: Capture) -> None:
        client_http2.get2(route, CHESS, "/quick")
        call = {"timeout": 3.0}
        app = threading.Thread(target=client_http2.get2, args=(route, CHESS, "/board"), kwargs=call)
        app.start()
        time.sleep(0.5)
        act(route, capture)
        app.join(8.0)

    return play


def hidden(name: str, truth: Truth, breaks: str, play: Play) -> Fault:
    """No call can be read."""
    return replace(row(name, truth, breaks, (site(CHESS), *REST), play), visibility="opaque")


def many_equal(route: client.Route, capture: Capture) -> None:
    """A nervous app: the same call ten times, each answered."""
    for _ in range(10):
        client.get(route, CHESS, "/board")


def word(name: str, truth: Truth, number: int, text: str) -> Fault:
    """The app API says this of the own profile."""
    return shown(name, truth, f"status_code {number}: {text}", app_body(number, text))


def tt(name: str, truth: Truth, breaks: str, hosts: tuple[Host, ...], play: Play) -> Fault:
    """TikTok with hosts of one's own."""
    return replace(row(name, truth, breaks, hosts, together(start, play)), profile="tiktok")


def log_in_says(name: str, truth: Truth, breaks: str, *replies: Reply, times: int = 1) -> Fault:
    """The log-in is answered so, in turn."""
    return tiktok(name, truth, breaks, together(*[log_in] * times), login=in_turn(*replies))


def data(**more: Any) -> Reply:
    """An answer of the note service."""
    return answer(200, more)


SLOW = site2(CHESS, after2(1.5, answer2()))
BAD_CHUNK = (
    f"POST /move HTTP/1.1\r\nHost: {CHESS}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"
).encode()
HALF_UPLOAD = (
    f"PUT /photo HTTP/1.1\r\nHost: {CHESS}\r\nContent-Length: 70000\r\n\r\n".encode() + b"p" * 4000
)

ROWS = (
    app_does(
        "upload_stalls", "an upload stops half-way; FIN after 2.5 s", sends(HALF_UPLOAD, waits=2.5)
    ),
    app_does("bad_chunk_sent", "a chunk size that is no number", sends(BAD_CHUNK)),
    app_does("h2_garbage_sent", "frames that are none", garbles_h2, site2(CHESS)),
    app_does("leaves_sooner_h2", "cancels far sooner than usual", leaves_sooner_h2, SLOW),
    unclear(app_does("http09_sent", "a request of 1991", sends(b"GET /board\r\n\r\n"))),
    row("nervous_app_fine", FINE, "ten equal calls", (site(CHESS),), many_equal),
    row(
        "frozen_under_h2",
        HARNESS,
        "our proxy stands still for 4 s under a call over HTTP/2",
        (SLOW, *REST),
        together(USE_REST, during_h2(freeze(4.0))),
    ),
    row(
        "killed_under_h2",
        HARNESS,
        "our proxy dies under a call over HTTP/2",
        (SLOW, *REST),
        together(USE_REST, during_h2(kill_proxy)),
    ),
    row(
        "stopped_under_h2",
        HARNESS,
        "the capture is stopped under a call over HTTP/2",
        (SLOW, *REST),
        together(USE_REST, during_h2(end_capture)),
    ),
    hidden(
        "clock_ahead_12",
        DEVICE,
        "certificate_expired at four owners' hosts, TLS 1.2",
        refusing(CHESS, SOCK, LAMP, BOAT, alert=CERTIFICATE_EXPIRED, old=True),
    ),
    unclear(
        hidden(
            "unknown_everywhere",
            HARNESS,
            "certificate_unknown everywhere, as OkHttp says it of a strange authority",
            refusing(CHESS, SOCK, LAMP, BOAT, alert=CERTIFICATE_UNKNOWN),
        )
    ),
    hidden(
        "authority_missing_silent",
        HARNESS,
        "unknown_ca at all but one host, which is read",
        together(get(BOAT, "/c"), refusing(CHESS, SOCK, LAMP, alert=UNKNOWN_CA)),
    ),
    refused_log_in("tt3_code_expired", ACCOUNT, 1203, "Code expired"),
    refused_log_in("tt3_mail_code_wrong", ACCOUNT, 1704, "Incorrect code"),
    refused_log_in("tt3_phone_unknown", ACCOUNT, 1008, "This phone number isn't registered"),
    refused_log_in("tt3_german_password", ACCOUNT, 1009, "Konto oder Passwort falsch"),
    refused_log_in("tt3_suspended", ACCOUNT_GATE, 9777, "Your account has been suspended"),
    refused_log_in("tt3_maintenance", SERVER, 9778, "Service unavailable, under maintenance"),
    unclear(refused_log_in("tt3_no_code", SERVER, 0)),
    log_in_says(
        "tt3_null_data",
        SERVER,
        "success, data null",
        reply_of({"data": None, "message": "success"}),
    ),
    log_in_says("tt3_closes", SERVER, "FIN instead of an answer", close_unanswered, times=2),
    log_in_says("tt3_empty", SERVER, "200 and nothing", answer(200, b"", "application/json")),
    log_in_says("tt3_500_plain", SERVER, "500 in plain text", answer(500, "error"), times=2),
    log_in_says("tt3_slow_fine", FINE, "the log-in takes 5 s", after(5.0, reply_of(logged_in()))),
    log_in_says(
        "tt3_captcha_solved_fine",
        FINE,
        "a captcha, then in",
        reply_of(passport_error(1105, "Drag the slider to fit the puzzle")),
        reply_of(logged_in()),
        times=2,
    ),
    log_in_says(
        "tt3_typo_then_limit",
        ACCOUNT_GATE,
        "a wrong password, then too often",
        reply_of(passport_error(1009)),
        reply_of(passport_error(7, "You are visiting our service too frequently.")),
        times=2,
    ),
    shown("tt3_new_account_fine", FINE, "nobody follows a new account", NEW_ACCOUNT),
    tiktok(
        "tt3_new_account_list_fine",
        FINE,
        "an empty list of a new account",
        together(get(TIKTOK, PROFILE), get(TIKTOK, FOLLOWERS)),
        profile=reply_of(NEW_ACCOUNT),
        followers=reply_of(app_body(followers=[], total=0, has_more=False)),
    ),
    listed("tt3_list_session_over", ACCOUNT, "status_code 8", app_body(8, "Login expired")),
    word("tt3_busy_words", SERVER, 4, "Server is busy now, please try again later"),
    word("tt3_internal_words", SERVER, 3001, "internal error"),
    unclear(word("tt3_wordless", SERVER, 3002, "")),
    tiktok(
        "tt3_profile_500", SERVER, "500", get(TIKTOK, PROFILE, times=2), profile=answer(500, "")
    ),
    tiktok(
        "tt3_list_502", SERVER, "502", get(TIKTOK, FOLLOWERS, times=2), followers=answer(502, "")
    ),
    tiktok(
        "tt3_list_hangs",
        SERVER,
        "no answer in 12 s",
        get(TIKTOK, FOLLOWERS, timeout=12.0),
        followers=hang,
    ),
    tiktok(
        "tt3_feed_hangs_once_fine",
        FINE,
        "the feed hangs once for 3 s, the retry is answered",
        get(TIKTOK, FEED, times=2, timeout=3.0),
        feed=in_turn(hang, reply_of(feed())),
    ),
    shown("tt3_counter_null", SERVER, "the counter is null", profile(None) | {"has_more": None}),
    tt(
        "tt3_singapore_dead",
        SERVER,
        "one region's name is dead",
        (service()[0], unreachable(SINGAPORE, "dead_name"), site(CDN)),
        together(get(CDN, "/v.mp4"), get(SINGAPORE, FEED, times=2), get(TIKTOK, PROFILE)),
    ),
    tt(
        "tt3_all_hosts_503",
        SERVER,
        "the API and telemetry answer 503",
        (site(TIKTOK, answer(503, "")), site(TELEMETRY, answer(503, ""))),
        together(report, log_in, get(TIKTOK, PROFILE)),
    ),
    tt(
        "tt3_video_cut",
        SERVER,
        "a video ends short, twice",
        (service()[0], site(CDN, cut_body(b"\x00\x00\x00\x18ftypmp42" * 40, 90_000))),
        together(everything, get(CDN, "/video/tos/1.mp4", times=2)),
    ),
    notes(
        "n3_empty_fine",
        FINE,
        "no notes yet",
        site(NOTES, data(notes=[], count=0)),
        play=get(NOTES, "/v2/notes"),
    ),
    notes(
        "n3_hangs",
        SERVER,
        "sign-in never answers, 16 s",
        site("accounts.plainnotes.example", hang),
        play=get("accounts.plainnotes.example", "/v2/sign-in", timeout=16.0),
    ),
    notes(
        "n3_500",
        SERVER,
        "500",
        site(NOTES, answer(500, "")),
        play=get2(NOTES, "/v2/notes", times=2),
    ),
    notes(
        "n3_words_of_its_own",
        SERVER,
        "an error number that nobody knows, with words",
        site(
            "accounts.plainnotes.example",
            answer(200, {"error": {"number": 77, "text": "internal server error"}, "trace": "t"}),
        ),
        play=sign_in,
    ),
)
