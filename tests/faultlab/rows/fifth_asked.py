"""Fifth draw: what the app sends wrong or leaves too early, and whom a service refuses in words."""

from __future__ import annotations

import time
from dataclasses import replace

import h2.errors

from tests.faultlab import client, client_http2
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import Reply, after, answer, by_path, in_turn
from tests.faultlab.origin_http2 import after2, answer2
from tests.faultlab.rows.fifth_wire import socket_closing
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    CLIENT,
    SERVER,
    Truth,
    get,
    post,
    row,
    site,
    site2,
    together,
)
from tests.faultlab.world import Host

ORCHARD, FORGE, QUAY = (
    "api.apple-orchard.example",
    "id.forge-guild.example",
    "cdn.quay-side.example",
)
REST = (site(FORGE), site(QUAY))
USE_REST = together(get(FORGE, "/me"), get(QUAY, "/logo.svg"))


def app_does(name: str, breaks: str, play: Play, host: Host | None = None) -> Fault:
    """The app's own doing at one host; two other owners' are well."""
    return row(name, CLIENT, breaks, (host or site(ORCHARD), *REST), together(USE_REST, play))


def refused(name: str, truth: Truth, breaks: str, reply: Reply, play: Play) -> Fault:
    """The orchard's service refuses in words; the rest of it is well."""
    paths = {"/login": reply, "/oauth/token": reply, "/me/boxes": reply}
    return row(
        name, truth, breaks, (site(ORCHARD, by_path(paths)), *REST), together(USE_REST, play)
    )


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def sends(data: bytes, *, times: int = 2, waits: float = 0.5, rst: bool = False) -> Play:
    """These bytes inside TLS; then FIN or RST."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            with client.raw(route, ORCHARD) as sock:
                if sock is None:
                    return
                sock.sendall(data)
                sock.settimeout(waits)
                try:
                    sock.recv(4096)
                except OSError:
                    continue
                finally:
                    if rst:
                        client.reset(sock)

    return play


def dies_in_body(route: client.Route, capture: Capture) -> None:
    """The process ends inside an upload over HTTP/2, twice."""
    for _ in range(2):
        session = client_http2.Session2(route, ORCHARD)
        session.begin("/photos", "POST", b"p" * 9000, ends=False, content_length="80000")
        time.sleep(0.4)
        session.die()


def goes_at_once(route: client.Route, capture: Capture) -> None:
    """Takes answers after 1.6 s twice over HTTP/2, then closes at 0.4 s three times."""
    for _ in range(2):
        client_http2.get2(route, ORCHARD, "/boxes")
    for _ in range(3):
        session = client_http2.Session2(route, ORCHARD)
        session.wait(session.begin("/boxes"), seconds=0.4)
        session.close()


def cancels_all(route: client.Route, capture: Capture) -> None:
    """Four streams, all reset by the app with INTERNAL_ERROR."""
    session = client_http2.Session2(route, ORCHARD)
    streams = [session.begin(f"/boxes/{number}") for number in range(4)]
    session.wait(*streams, seconds=0.3)
    for number in streams:
        session.cancel(number, h2.errors.ErrorCodes.INTERNAL_ERROR)
    session.wait(*streams, seconds=0.3)
    session.close()


def unmasked(route: client.Route, capture: Capture) -> None:
    """Opens a WebSocket and sends a frame without a mask, which RFC 6455 5.1 forbids, twice."""
    for _ in range(2):
        with client.raw(route, ORCHARD) as sock:
            if sock is None:
                return
            sock.sendall(
                f"GET /room HTTP/1.1\r\nHost: {ORCHARD}\r\nUpgrade: websocket\r\nConnection: "
                "Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            sock.settimeout(1.0)
            sock.recv(4096)
            sock.sendall(b"\x81\x05apple")
            sock.recv(4096)


def wants_host(wire: Wire, request: Request) -> bool:
    """400 in Go's words to a request without a Host."""
    if "host" in request.headers:
        return answer()(wire, request)
    return answer(400, "400 Bad Request: missing required Host header", connection="close")(
        wire, request
    )


def says_json_is_bad(words: str) -> Host:
    """400 with the parser's words."""
    return site(ORCHARD, answer(400, {"error": words}))


LATIN = '{"name": "Gravensteiner Äpfel"}'.encode("latin-1")
JSON_POST = f"POST /boxes HTTP/1.1\r\nHost: {ORCHARD}\r\nContent-Type: application/json\r\n"
CHUNKED = f"{JSON_POST}Transfer-Encoding: chunked\r\n\r\n"
TOO_SHORT = f'{JSON_POST}Content-Length: 8\r\n\r\n{{"box": 12, "kind": "cox"}}\r\n\r\n'
log_in = post(ORCHARD, "/login", '{"user": "a", "secret": "b"}')
token = post(
    ORCHARD, "/oauth/token", "grant_type=password&username=a", "application/x-www-form-urlencoded"
)

ROWS = (
    unclear(
        app_does(
            "f5_no_host_header",
            "a request without a Host",
            sends(b"GET /boxes HTTP/1.1\r\nAccept: */*\r\n\r\n"),
            site(ORCHARD, wants_host),
        )
    ),
    app_does(
        "f5_latin_letters_in_json",
        "JSON in Latin-1",
        sends(f"{JSON_POST}Content-Length: {len(LATIN)}\r\n\r\n".encode() + LATIN),
        says_json_is_bad("Invalid UTF-8 start byte 0xc4"),
    ),
    app_does(
        "f5_single_quotes_sent",
        "JSON with single quotes",
        post(ORCHARD, "/boxes", "{'box': 12}", times=2),
        says_json_is_bad("Expected property name enclosed in double quotes"),
    ),
    app_does(
        "f5_chunks_without_end",
        "a chunked upload that stops before its last chunk",
        sends(f"{CHUNKED}5\r\nhello\r\n".encode(), waits=0.4),
    ),
    app_does(
        "f5_length_too_short",
        "a length of 8 for 26 bytes",
        sends(TOO_SHORT.encode()),
        says_json_is_bad("Unexpected end of JSON input"),
    ),
    app_does(
        "f5_upload_rst_h2",
        "the process ends inside an upload, HTTP/2",
        dies_in_body,
        site2(ORCHARD),
    ),
    app_does(
        "f5_goes_at_once_h2",
        "closes at 0.4 s what takes 1.6 s",
        goes_at_once,
        site2(ORCHARD, after2(1.6, answer2())),
    ),
    app_does(
        "f5_resets_four_streams",
        "resets its four streams with INTERNAL_ERROR",
        cancels_all,
        site2(ORCHARD, after2(1.5, answer2())),
    ),
    unclear(
        app_does(
            "f5_unmasked_frame",
            "a WebSocket frame without a mask",
            unmasked,
            site(ORCHARD, socket_closing(1002, after=1.0)),
        )
    ),
    app_does(
        "f5_half_request_line",
        "the head of a request stops, then RST",
        sends(f"POST /boxes HTTP/1.1\r\nHost: {ORCHARD}\r\nContent-Len".encode(), rst=True),
    ),
    unclear(
        app_does(
            "f5_path_built_wrong",
            "a path with null in it after the same call with a number was answered",
            together(get(ORCHARD, "/users/17/boxes"), get(ORCHARD, "/users/null/boxes", times=2)),
            site(ORCHARD, by_path({"/users/null/boxes": answer(404, {"error": "no such user"})})),
        )
    ),
    unclear(
        app_does(
            "f5_stale_token_kept",
            "401 thrice with words of an expired token; the app never renews",
            together(*[get(ORCHARD, "/me/boxes")] * 3),
            site(
                ORCHARD,
                in_turn(
                    answer(), answer(401, {"error": "token_expired"}, www_authenticate="Bearer")
                ),
            ),
        )
    ),
    unclear(
        refused(
            "f5_keycloak_wrong_password",
            ACCOUNT,
            "an identity service says that the password is wrong",
            answer(
                400, {"error": "invalid_grant", "error_description": "Invalid user credentials"}
            ),
            token,
        )
    ),
    refused(
        "f5_locked_423",
        ACCOUNT_GATE,
        "423: locked after too many tries",
        answer(
            423,
            {
                "error": "account_locked",
                "message": "Your account is locked after too many attempts.",
            },
        ),
        log_in,
    ),
    unclear(
        refused(
            "f5_suspended_403",
            ACCOUNT_GATE,
            "403: the account is suspended, in words",
            answer(
                403, {"code": "ACCOUNT_SUSPENDED", "message": "This account has been suspended."}
            ),
            log_in,
        )
    ),
    unclear(
        refused(
            "f5_second_factor_401",
            ACCOUNT_GATE,
            "401: a code of an authenticator is wanted",
            answer(
                401,
                {
                    "error": "mfa_required",
                    "error_description": "Multifactor authentication required",
                },
            ),
            token,
        )
    ),
    unclear(
        refused(
            "f5_subscription_over_402",
            ACCOUNT,
            "402: nobody paid",
            answer(402, {"error": "subscription_expired"}),
            get(ORCHARD, "/me/boxes", times=2),
        )
    ),
    unclear(
        refused(
            "f5_forbidden_without_words",
            ACCOUNT,
            "403 to a list that is not ours, without a word",
            answer(403, ""),
            get(ORCHARD, "/me/boxes", times=2),
        )
    ),
    refused(
        "f5_sign_in_500_wrongly_worded",
        SERVER,
        "500 whose words speak of a password: its own fault",
        answer(500, {"error": "could not verify password: connection to vault refused"}),
        together(log_in, log_in),
    ),
    row(
        "f5_locked_beside_slow_cdn",
        ACCOUNT_GATE,
        "the account is locked; pictures take 5 s, and come",
        (
            site(ORCHARD, by_path({"/login": answer(423, {"error": "account_locked"})})),
            site(QUAY, after(5.0, answer(200, b"\x89PNG\r\n", "image/png"))),
            site(FORGE),
        ),
        together(get(FORGE, "/me"), get(QUAY, "/logo.png"), log_in),
    ),
)
