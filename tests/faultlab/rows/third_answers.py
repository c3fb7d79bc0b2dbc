"""Third draw: answers of real gateways, odd but sound bodies, renewed sessions, gRPC."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import (
    FINE as FINE_BODY,
)
from tests.faultlab.origin_http1 import (
    Reply,
    answer,
    bare,
    by_path,
    chunked,
    head,
    in_turn,
    raw_bytes,
    redirect,
)
from tests.faultlab.origin_http2 import answer2, grpc
from tests.faultlab.rows.making import (
    ACCOUNT,
    CLIENT,
    FINE,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    get,
    get2,
    pause,
    post,
    row,
    site,
    site2,
    together,
    unreachable,
)

TRAIN, WEATHER, PHOTO = (
    "api.night-train.example",
    "wx.cloud-watch.example",
    "up.photo-attic.example",
)
NGINX = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
    "Gateway</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"
)
CLOUDFLARE = (
    "<!DOCTYPE html><title>night-train.example | 521: Web server is down</title>"
    "<p>Error code 521</p><p>Cloudflare Ray ID: 8f00000000000000</p>"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256))
MALFORMED = '{"seat": 12, "coach": '


def says(name: str, breaks: str, reply: Reply, *, whole: bool = False) -> Fault:
    """A server's row: the call is answered so, twice; with `whole` a passer-by's HEAD as well."""
    host = site(TRAIN, reply, front=reply if whole else None)
    return row(name, SERVER, breaks, (host, *OTHERS_FINE), together(USE_OTHERS, SEATS, SEATS))


def sound(name: str, breaks: str, reply: Reply, play: Play | None = None) -> Fault:
    """Unusual, and nothing is wrong with it."""
    return row(name, FINE, breaks, (site(WEATHER, reply),), play or get(WEATHER, "/today"))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def body(text: bytes | str | Mapping[str, object], kind: str = "application/json") -> Reply:
    """A 200 with this body."""
    return answer(200, text, kind)


def calls(*asked: tuple[str, str]) -> Play:
    """(method, path) one after the other on connections of their own."""

    def play(route: client.Route, capture: Capture) -> None:
        for method, path in asked:
            sends = b'{"q": 1}' if method in {"POST", "PUT"} else None
            client.call(route, WEATHER, method, path, sends, Content_Type="application/json")

    return play


def grpc_row(name: str, truth: tuple[str, str], breaks: str, number: int, text: str) -> Fault:
    """A unary call ends with this status, twice."""

    def play(route: client.Route, capture: Capture) -> None:
        from tests.faultlab.client_http2 import grpc_call

        for _ in range(2):
            grpc_call(route, TRAIN, "/rail.Seats/Reserve")

    return row(name, truth, breaks, (site2(TRAIN, grpc(number, text)),), play)


def by_token(good: str, fine: Reply, refused: Reply) -> Reply:
    """By the Authorization header."""

    def reply(wire: Wire, request: Request) -> bool:
        held = request.headers.get("authorization") == f"Bearer {good}"
        return (fine if held else refused)(wire, request)

    return reply


def session(renewal: int) -> Play:
    """Refused, renews its token (the service answers `renewal`), calls again with the new one."""

    def play(route: client.Route, capture: Capture) -> None:
        client.call(route, TRAIN, "GET", "/me", Authorization="Bearer old")
        client.call(route, TRAIN, "POST", "/oauth/token", b"grant_type=refresh_token")
        if renewal == 200:
            client.call(route, TRAIN, "GET", "/me", Authorization="Bearer new")

    return play


def resumed(wire: Wire, request: Request) -> bool:
    """416 to a range, the whole to a plain call."""
    return (answer(416, "") if "range" in request.headers else answer())(wire, request)


def download(route: client.Route, capture: Capture) -> None:
    """A download goes on where it stopped; the range is stale, so from the start."""
    client.call(route, WEATHER, "GET", "/map.bin", Range="bytes=900-")
    client.call(route, WEATHER, "GET", "/map.bin")


def folded(wire: Wire, request: Request) -> bool:
    """A header that goes on in the next line, as old servers write it (RFC 9112, 5.2)."""
    raw = json.dumps(FINE_BODY).encode()
    fields = {"Server": "lab-origin", "X-Note": "one\r\n two", "Content-Length": str(len(raw))}
    wire.send(head(200, fields | {"Content-Type": "application/json"}) + raw)
    return True


def long_address(route: client.Route, capture: Capture) -> None:
    """9 kB of query, twice."""
    for _ in range(2):
        client.get(route, TRAIN, "/search?q=" + "a" * 9000)


SEATS = get(TRAIN, "/v2/seats")
TOKENS = {
    "/me": by_token("new", answer(), answer(401, {"error": "invalid_token"})),
    "/oauth/token": answer(200, {"access_token": "new", "expires_in": 3600}),
}
PICTURES = {f"/pic/{number}.webp": answer(404, "") for number in range(3)}

ROWS = (
    says("nginx_502_page", "a reverse proxy has no backend", answer(502, NGINX, "text/html")),
    says("status_503_no_body", "503, nothing else", answer(503, ""), whole=True),
    says("status_508_loop", "508 Loop Detected", answer(508, {"error": "loop"})),
    says("status_529", "529, overloaded", answer(529, {"type": "overloaded_error"})),
    says("cdn_521_page", "a CDN finds the server down", answer(521, CLOUDFLARE, "text/html")),
    says("cdn_530_dns", "a CDN cannot resolve its origin", answer(530, "error code: 1016")),
    says("page_for_json", "a page where JSON was asked", body("<html>Hello</html>", "text/html")),
    says("picture_as_json", "a JPEG under the JSON type", body(JPEG)),
    says("http2_words_on_h1", "a status line of no version", raw_bytes(b"HTTQ/9 200 OK\r\n\r\n")),
    says("null_line", "an empty line and the end", raw_bytes(b"\r\n")),
    row(
        "second_page_500",
        SERVER,
        "500 to the second page of a list",
        (site(TRAIN, by_path({"/v2/trips/2": answer(500, "oops")})), *OTHERS_FINE),
        together(USE_OTHERS, get(TRAIN, "/v2/trips/1"), get(TRAIN, "/v2/trips/2", times=3)),
    ),
    row(
        "redirect_to_dead_name",
        SERVER,
        "sends the app to a name that is dead",
        (
            site(TRAIN, redirect("https://old.night-train.example/v2/seats")),
            unreachable("old.night-train.example", "dead_name"),
            *OTHERS_FINE,
        ),
        together(USE_OTHERS, SEATS, get("old.night-train.example", "/v2/seats", times=2)),
    ),
    row(
        "calm_429",
        SERVER,
        "429 to one call in three seconds",
        (site2(TRAIN, answer2(429, b'{"error":"slow down"}', retry_after="30")), *OTHERS_FINE),
        together(
            USE_OTHERS, get2(TRAIN, "/v2/seats"), pause(3.0), get2(TRAIN, "/v2/seats"), pause(0.2)
        ),
    ),
    unclear(
        row(
            "error_inside_200",
            SERVER,
            "200 with an error of a form that no profile knows",
            (site(TRAIN, body({"ok": False, "error": {"code": 500, "message": "internal"}})),),
            SEATS,
        )
    ),
    row(
        "token_renewal_500",
        SERVER,
        "the renewal of a token fails",
        (site(TRAIN, by_path(TOKENS | {"/oauth/token": answer(500, {"error": "server_error"})})),),
        session(500),
    ),
    row(
        "token_renewed_fine",
        FINE,
        "401, the token is renewed, the call is answered",
        (site(TRAIN, by_path(TOKENS)),),
        session(200),
    ),
    unclear(
        row(
            "renewed_token_refused",
            SERVER,
            "a new token is refused at once",
            (site(TRAIN, by_path(TOKENS | {"/me": answer(401, {"error": "invalid_token"})})),),
            session(200),
        )
    ),
    sound("utf16_json_fine", "UTF-16", body(json.dumps(FINE_BODY).encode("utf-16"))),
    sound("guarded_json_fine", "a prefix against hijacking", body(")]}',\n" + '{"a": 1}')),
    sound("bom_json_fine", "a byte order mark", body(b"\xef\xbb\xbf" + b'{"a": 1}')),
    sound("lines_json_fine", "JSON lines", body('{"a":1}\n{"a":2}\n', "application/x-ndjson")),
    sound("scalar_json_fine", "a bare number", body("42")),
    sound("folded_header_fine", "a folded header", folded),
    sound(
        "created_fine", "201 without a body", bare(201, content_length="0"), calls(("PUT", "/a"))
    ),
    sound(
        "long_redirects_fine",
        "four redirects",
        in_turn(*[redirect("/n")] * 4, answer()),
        together(*[get(WEATHER, "/n")] * 5),
    ),
    sound(
        "accepted_then_done_fine",
        "202, and the result later",
        in_turn(answer(202, {"job": 7}), answer(202, {"job": 7}), answer()),
        calls(("POST", "/jobs"), ("GET", "/jobs/7"), ("GET", "/jobs/7")),
    ),
    sound(
        "see_other_fine",
        "303 after a POST",
        by_path({"/forms": redirect("/forms/1", 303)}),
        calls(("POST", "/forms"), ("GET", "/forms/1")),
    ),
    sound(
        "precondition_fine",
        "412, read again, written",
        in_turn(answer(412, {"error": "etag"}), answer(), answer()),
        calls(("PUT", "/note"), ("GET", "/note"), ("PUT", "/note")),
    ),
    sound("stale_range_fine", "416, then the whole", resumed, download),
    sound("trailing_chunk_fine", "an empty chunked body of a text", chunked(kind="text/plain")),
    sound(
        "three_missing_pictures_fine",
        "404 for three pictures",
        by_path(PICTURES),
        together(
            get(WEATHER, "/today"),
            *[get(WEATHER, path) for path in PICTURES],
            get(WEATHER, "/tomorrow"),
        ),
    ),
    row(
        "cut_json_sent_400",
        CLIENT,
        "the app sends JSON that stops in the middle",
        (site(PHOTO, answer(400, {"error": "unexpected end of JSON input"})),),
        post(PHOTO, "/v1/albums", MALFORMED, times=2),
    ),
    unclear(
        row(
            "wrong_method_405",
            CLIENT,
            "POST where only GET is served",
            (site(PHOTO, answer(405, "", allow="GET")),),
            post(PHOTO, "/v1/albums", times=2),
        )
    ),
    unclear(
        row(
            "long_address_414",
            CLIENT,
            "9 kB of query",
            (site(TRAIN, answer(414, "")),),
            long_address,
        )
    ),
    grpc_row("grpc_4_deadline", SERVER, "gRPC 4 by the service", 4, "deadline exceeded upstream"),
    grpc_row("grpc_2_unknown", SERVER, "gRPC 2: an exception inside", 2, "NullPointerException"),
    grpc_row("grpc_15_data_loss", SERVER, "gRPC 15", 15, "corrupt shard"),
    unclear(grpc_row("grpc_3_argument", CLIENT, "gRPC 3", 3, "seat must be positive")),
    unclear(grpc_row("grpc_7_denied", ACCOUNT, "gRPC 7", 7, "not yours")),
)
