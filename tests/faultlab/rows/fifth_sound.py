"""Fifth draw: odd servers, odd habits, background noise; and the person got everything."""

from __future__ import annotations

import json

from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import (
    FINE as FINE_BODY,
)
from tests.faultlab.origin_http1 import (
    Reply,
    after,
    answer,
    bare,
    by_path,
    hang,
    head,
    in_turn,
)
from tests.faultlab.rows.fifth_answers import unclear
from tests.faultlab.rows.making import FINE, get, pause, row, site, together, unreachable

CHOIR, CHESS, MIRROR = (
    "api.sunday-choir.example",
    "live.blitz-board.example",
    "mirror.sunday-choir.example",
)
RAW = json.dumps(FINE_BODY).encode()
LENGTH = str(len(RAW))


def sound(name: str, breaks: str, reply: Reply, play: Play | None = None) -> Fault:
    """One host, unusual, and nothing is wrong with it."""
    return row(name, FINE, breaks, (site(CHOIR, reply),), play or get(CHOIR, "/songs"))


def writes(data: bytes) -> Reply:
    """These bytes; the connection goes on."""

    def reply(wire: Wire, request: Request) -> bool:
        wire.send(data)
        return True

    return reply


def cut_then_range(wire: Wire, request: Request) -> bool:
    """A download: cut after 40 bytes, the rest by a range."""
    fields = {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes"}
    whole = bytes(range(200))
    if "range" in request.headers:
        rest = {"Content-Length": "160", "Content-Range": "bytes 40-199/200"}
        wire.send(head(206, fields | rest) + whole[40:])
        return True
    wire.send(head(200, fields | {"Content-Length": "200"}) + whole[:40])
    wire.wait(0.1)
    return False


def resumes(route: client.Route, capture: Capture) -> None:
    """Takes up a download where it was cut."""
    client.call(route, CHOIR, "GET", "/score.bin")
    client.call(route, CHOIR, "GET", "/score.bin", Range="bytes=40-")


def asks_first(route: client.Route, capture: Capture) -> None:
    """A HEAD before each download; the service knows no HEAD."""
    for path in ("/a.mid", "/b.mid"):
        client.call(route, CHOIR, "HEAD", path)
        client.call(route, CHOIR, "GET", path)


def no_head(wire: Wire, request: Request) -> bool:
    """405 to HEAD."""
    reply = bare(405, allow="GET", content_length="0") if request.method == "HEAD" else answer()
    return reply(wire, request)


def preflights(route: client.Route, capture: Capture) -> None:
    """A page inside the app asks whether it may, then does."""
    client.call(route, CHOIR, "OPTIONS", "/votes", Access_Control_Request_Method="POST")
    client.call(route, CHOIR, "POST", "/votes", b'{"song": 4}', Content_Type="application/json")


def obeys_retry_after(route: client.Route, capture: Capture) -> None:
    """Waits as long as it is told."""
    get(CHOIR, "/songs")(route, capture)
    pause(1.2)(route, capture)
    get(CHOIR, "/songs")(route, capture)


def pipelines(route: client.Route, capture: Capture) -> None:
    """Two requests in one go, two answers."""
    with client.raw(route, CHOIR) as sock:
        if sock is None:
            return
        for path in ("/songs", "/singers"):
            sock.sendall(f"GET {path} HTTP/1.1\r\nHost: {CHOIR}\r\n\r\n".encode())
        sock.settimeout(1.5)
        got = b""
        while got.count(b"HTTP/1.1 200") < 2 and (more := sock.recv(65536)):
            got += more


NEWS = {
    "articles": [{"title": "Internal server error: the story of status 500", "error": None}],
    "errors": [],
    "status": "ok",
    "failed": 0,
}
SOAP = (
    '<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
    "<soap:Body><GetSongsResponse><Song>Miserere</Song></GetSongsResponse></soap:Body>"
    "</soap:Envelope>"
)

ROWS = (
    sound(
        "f5_no_reason_phrase_fine",
        "a status line without words",
        writes(
            b"HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: "
            + LENGTH.encode()
            + b"\r\n\r\n"
            + RAW
        ),
    ),
    sound(
        "f5_german_reason_fine",
        "the status line says it in German",
        writes(
            b"HTTP/1.1 200 In Ordnung\r\ncontent-type: application/json\r\ncontent-length: "
            + LENGTH.encode()
            + b"\r\n\r\n"
            + RAW
        ),
    ),
    sound(
        "f5_date_of_2019_fine", "a Date of years ago", answer(date="Tue, 05 Mar 2019 10:00:00 GMT")
    ),
    sound("f5_error_words_in_news_fine", "articles about errors", answer(200, NEWS)),
    sound(
        "f5_help_page_fine",
        "a page where a page is asked",
        answer(200, "<html><body>Help: service unavailable?</body></html>", "text/html"),
        get(CHOIR, "/help/offline.html"),
    ),
    sound("f5_soap_fine", "SOAP", answer(200, SOAP, "text/xml; charset=utf-8")),
    sound(
        "f5_multi_status_fine",
        "207 of a calendar",
        answer(207, "<multistatus/>", "application/xml"),
    ),
    sound(
        "f5_vendor_type_fine",
        "a JSON type of its own",
        answer(200, FINE_BODY, "application/vnd.api+json; charset=UTF-8; profile=2"),
    ),
    sound(
        "f5_jsonp_fine", "a script around the data", answer(200, 'cb({"a": 1});', "text/javascript")
    ),
    sound(
        "f5_stale_cache_fine",
        "a cache says that it is stale",
        answer(age="9000", warning='110 - "stale"', x_cache="STALE"),
    ),
    sound("f5_bulk_3mb_fine", "three megabytes", answer(200, {"rows": ["x" * 1000] * 3000})),
    sound(
        "f5_fourteen_seconds_fine",
        "a report after 14 s",
        after(14.0, answer()),
        get(CHOIR, "/report", timeout=25.0),
    ),
    sound(
        "f5_obeyed_429_fine",
        "429, the app waits as told, then data",
        in_turn(answer(429, "", retry_after="1"), answer()),
        obeys_retry_after,
    ),
    sound(
        "f5_resumed_download_fine", "a download is cut and taken up again", cut_then_range, resumes
    ),
    row(
        "f5_no_head_fine",
        FINE,
        "405 to HEAD, each GET is answered",
        (site(CHOIR, no_head, front=no_head),),
        asks_first,
    ),
    sound("f5_preflight_fine", "a preflight, then the call", answer(), preflights),
    sound("f5_pipelined_fine", "two requests in one go", answer(), pipelines),
    sound("f5_empty_result_fine", "nothing was found", answer(200, {"items": [], "total": 0})),
    sound(
        "f5_every_other_node_hangs_fine",
        "one of two nodes is mute; the app leaves it after 2 s and is answered by the other",
        in_turn(answer(), hang, answer(), hang, answer()),
        together(get(CHOIR, "/songs"), *[get(CHOIR, "/songs", times=2, timeout=2.0)] * 2),
    ),
    sound(
        "f5_delete_twice_fine",
        "204, and 404 to the second of two equal deletes",
        in_turn(bare(204), answer(404, {"error": "no such draft"}), answer()),
        lambda route, _: [
            client.call(route, CHOIR, method, "/drafts/7") for method in ("DELETE", "DELETE", "GET")
        ],
    ),
    sound(
        "f5_config_variants_fine",
        "asks for three variants of a file, the last of which exists",
        by_path({"/cfg/de-AT.json": answer(404, ""), "/cfg/de.json": answer(404, "")}),
        together(
            *[get(CHOIR, f"/cfg/{name}.json") for name in ("de-AT", "de", "en")],
            get(CHOIR, "/songs"),
        ),
    ),
    unclear(
        row(
            "f5_mirror_takes_over_fine",
            FINE,
            "503 at the first host, the same at its mirror is answered",
            (site(CHOIR, answer(503, "")), site(MIRROR)),
            together(get(CHOIR, "/songs", times=2), get(MIRROR, "/songs"), get(MIRROR, "/singers")),
        )
    ),
    unclear(
        row(
            "f5_blocked_advert_fine",
            FINE,
            "an advert's name is dead on purpose; the app's own calls are answered",
            (site(CHOIR), unreachable("ads.banner-rain.example", "dead_name"), site(CHESS)),
            together(
                get(CHOIR, "/songs"),
                get("ads.banner-rain.example", "/bid", times=2),
                get(CHOIR, "/singers"),
                get(CHESS, "/games"),
            ),
        )
    ),
)
