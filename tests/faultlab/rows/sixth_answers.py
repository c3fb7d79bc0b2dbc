"""Sixth draw: what services answer over HTTP/1.1, ill and odd but well."""

from __future__ import annotations

import gzip
import json
import threading
import time
from dataclasses import replace

from tests.faultlab import client, client_odd
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import (
    Reply,
    after,
    answer,
    by_path,
    chunked,
    hang,
    in_turn,
    redirect,
)
from tests.faultlab.origin_http1_odd import (
    alternating,
    by_method,
    longer_than_said,
    ranged,
    said_408_when_idle,
)
from tests.faultlab.rows.making import (
    ACCOUNT,
    CLIENT,
    FINE,
    SERVER,
    SERVER_GATE,
    Truth,
    get,
    post,
    row,
    site,
    together,
)

BAKERY, FERRY, VIOLIN = (
    "api.lemon-bakery.example",
    "tickets.harbour-ferry.example",
    "me.violin-makers.example",
)
STATUS_PAGE = "status.lemon-bakery.example"
REST = (site(FERRY), site(VIOLIN))
USE_REST = together(get(FERRY, "/sailings"), get(VIOLIN, "/workshop/7"))
PAGE = "text/html; charset=utf-8"


def ill(
    name: str,
    truth: Truth,
    breaks: str,
    reply: Reply,
    play: Play | None = None,
    front: Reply | None = None,
) -> Fault:
    """One host answers so; two of other owners are well."""
    call = play or get(BAKERY, "/v3/loaves", times=3)
    hosts = (site(BAKERY, reply, front=front), *REST)
    return row(name, truth, breaks, hosts, together(USE_REST, call))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def each(*paths: str, host: str = BAKERY) -> Play:
    """One GET of each, whatever comes."""
    return together(*(get(host, path) for path in paths))


def again(path: str, times: int, pause: float = 0.3) -> Play:
    """The same GET so often, whatever comes."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client.get(route, BAKERY, path)
            time.sleep(pause)

    return play


def put_photo(route: client.Route, capture: Capture) -> None:
    """Twice 90 kB."""
    for _ in range(2):
        client.call(route, BAKERY, "PUT", "/v3/photo/3", b"p" * 90_000, Content_Type="image/jpeg")
        time.sleep(0.3)


def resumes_a_download(route: client.Route, capture: Capture) -> None:
    """A film in ranges, the last one beyond its end."""
    for begin in range(0, 240_000, 60_000):
        asked = f"bytes={begin}-{begin + 59_999}"
        client.call(route, BAKERY, "GET", "/film.mp4", Range=asked)
    client.call(route, BAKERY, "GET", "/oven.json")


def keeps_a_connection(route: client.Route, capture: Capture) -> None:
    """Asks, reads for a second, asks again on a connection of its own, as before."""
    for _ in range(2):
        session = client.Session(route, BAKERY)
        session.ask("GET", "/v3/loaves")
        time.sleep(1.0)
        session.close()


def digest_log_in(route: client.Route, capture: Capture) -> None:
    """Asks, is challenged, asks again with the answer."""
    client.get(route, BAKERY, "/v3/till")
    client.call(route, BAKERY, "GET", "/v3/till", Authorization='Digest username="lab"')
    client.get(route, BAKERY, "/v3/loaves")


def merges(route: client.Route, capture: Capture) -> None:
    """Writes, is told of a conflict, reads, writes again."""
    body, kind = b'{"rev": 4}', "application/json"
    client.call(route, BAKERY, "PUT", "/v3/order/9", body, Content_Type=kind)
    client.get(route, BAKERY, "/v3/order/9")
    client.call(route, BAKERY, "PUT", "/v3/order/9", b'{"rev": 5}', Content_Type=kind)


def orders_twice(route: client.Route, capture: Capture) -> None:
    """An order, given up after 2 s and sent again; then the order is read."""
    kind = "application/json"
    for _ in range(2):
        client.call(route, BAKERY, "POST", "/v3/orders", b'{"n": 1}', 2.0, Content_Type=kind)
    client.get(route, BAKERY, "/v3/orders/9")


def side_by_side(*plays: Play) -> Play:
    """All at the same time."""

    def play(route: client.Route, capture: Capture) -> None:
        threads = [threading.Thread(target=one, args=(route, capture)) for one in plays]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30.0)

    return play


def challenged(fine: Reply) -> Reply:
    """401 until the request carries an answer to the challenge."""
    asks = answer(401, "", "text/plain", www_authenticate='Digest realm="till", nonce="7f"')
    return in_turn(asks, fine)


_ROWS_JSON = json.dumps({"loaves": [{"id": 4, "name": "rye"}, {"id": 5, "name": "spelt"}]})
_GURU = "<html><title>503 Backend fetch failed</title><p>Guru Meditation:<p>XID: 98433</html>"
_WHOOPS = "<!DOCTYPE html><html><h1>Whoops, looks like something went wrong.</h1></html>"
_WARNING = '<br />\n<b>Warning</b>: mysqli_connect(): (HY000/2002) in db.php\n{"loaves": []}'

ROWS = (
    ill(
        "f6_orders_503_reads_fine",
        SERVER,
        "503 with Retry-After to each order, reading is well",
        by_method({"POST": answer(503, "", "text/plain", retry_after="30")}),
        together(get(BAKERY, "/v3/loaves"), post(BAKERY, "/v3/orders", times=3)),
    ),
    ill("f6_framework_page_500", SERVER, "500, a framework's own page", answer(500, _WHOOPS, PAGE)),
    ill(
        "f6_varnish_503",
        SERVER,
        "503 of a cache without its backend",
        answer(503, _GURU, PAGE, server="Varnish", x_varnish="98433"),
    ),
    ill(
        "f6_disk_of_the_service_full",
        SERVER,
        "507 to each upload",
        by_method({"PUT": answer(507, {"message": "Insufficient Storage"})}),
        put_photo,
    ),
    ill(
        "f6_cdn_523",
        SERVER,
        "a CDN finds no way to its origin",
        answer(523, "error code: 523", "text/plain", server="cloudflare", cf_ray="8f2-FRA"),
        front=answer(523, "", "text/plain", server="cloudflare", cf_ray="8f2-FRA"),
    ),
    ill(
        "f6_route_missing_on_one_node",
        SERVER,
        "one node of two was not rolled out: 200, 404, 200, 404 to the same call",
        alternating(answer(200, {"loaves": [1]}), answer(404, {"detail": "Not Found"})),
        again("/v3/loaves", 6),
    ),
    unclear(
        ill(
            "f6_token_unknown_on_one_node",
            SERVER,
            "every second call finds a node with an old key: 200, 401, 200, 401",
            alternating(answer(200, {"till": 1}), answer(401, {"detail": "invalid token"})),
            again("/v3/till", 6),
        )
    ),
    unclear(
        ill(
            "f6_photo_413",
            SERVER,
            "413 to a photo: whether the limit or the photo is wrong is not to be seen",
            by_method({"PUT": answer(413, "<html>nginx</html>", "text/html", server="nginx")}),
            put_photo,
        )
    ),
    ill(
        "f6_script_warning_before_json",
        SERVER,
        "a script's warning in front of the JSON",
        answer(200, _WARNING, "application/json"),
    ),
    ill(
        "f6_json_trailing_comma",
        SERVER,
        "JSON with a comma too many, three times",
        answer(200, '{"loaves": [{"id": 4},]}', "application/json"),
    ),
    ill(
        "f6_error_inside_the_stream",
        SERVER,
        "a list that breaks off into an error object, properly ended",
        chunked(b'{"loaves": [{"id": 4}, ', b'{"error": "cursor lost"', b"}"),
    ),
    ill(
        "f6_brotli_said_gzip_sent",
        SERVER,
        "Content-Encoding br, gzip inside",
        answer(200, gzip.compress(_ROWS_JSON.encode()), "application/json", content_encoding="br"),
    ),
    ill(
        "f6_longer_than_its_length",
        SERVER,
        "Content-Length 20 bytes short: the JSON is cut by it",
        longer_than_said(_ROWS_JSON.encode(), len(_ROWS_JSON) - 20),
    ),
    unclear(
        ill(
            "f6_graphql_errors",
            SERVER,
            "errors and no data under 200, in a form that no profile knows",
            answer(200, {"data": None, "errors": [{"message": "INTERNAL_SERVER_ERROR"}]}),
        )
    ),
    row(
        "f6_all_calls_to_the_status_page",
        SERVER,
        "every call is sent on to the owner's maintenance page",
        (
            site(BAKERY, redirect(f"https://{STATUS_PAGE}/maintenance.html")),
            site(STATUS_PAGE, answer(200, "<html>Back at 18:00</html>", PAGE)),
            *REST,
        ),
        together(
            USE_REST,
            each("/v3/loaves", "/v3/till"),
            get(STATUS_PAGE, "/maintenance.html"),
            get(BAKERY, "/v3/loaves"),
            get(STATUS_PAGE, "/maintenance.html"),
        ),
    ),
    unclear(
        ill(
            "f6_sent_to_the_log_in",
            ACCOUNT,
            "302 to a log-in page: the session is over, or the service forgot it",
            redirect("https://login.lemon-bakery.example/oauth/authorize?prompt=login"),
            again("/v3/till", 2),
        )
    ),
    ill(
        "f6_one_shard_503",
        SERVER,
        "503 for the data of one shard, other ids are well",
        by_path({"/v3/customers/4117": answer(503, {"message": "shard 3 down"})}),
        together(
            each("/v3/customers/7", "/v3/customers/88"),
            get(BAKERY, "/v3/customers/4117", times=3),
        ),
    ),
    unclear(
        ill(
            "f6_cdn_blocks_country",
            SERVER_GATE,
            "the owner's CDN blocks this country; the same page is shown for blocked robots",
            answer(403, "<html>ERROR: request blocked.</html>", PAGE, server="CloudFront"),
            front=answer(403, "", PAGE, server="CloudFront"),
        )
    ),
    ill(
        "f6_gateway_504_after_7s",
        SERVER,
        "a gateway's 504 after 7 s, twice",
        after(7.0, answer(504, "<html>504</html>", PAGE, server="awselb/2.0")),
        again("/v3/loaves", 2),
    ),
    ill(
        "f6_well_for_all_but_search",
        SERVER,
        "search gives HTTP 500 whatever is searched for",
        by_path({"/v3/search": answer(500, {"error": "index not ready"})}),
        each("/v3/loaves", "/v3/search?q=rye", "/v3/search?q=oat", "/v3/search?q=rye"),
    ),
    unclear(
        ill(
            "f6_gone_in_between",
            SERVER,
            "200 three times, then 404 for good: a lost route looks like a deleted thing",
            in_turn(*[answer()] * 3, answer(404, {"detail": "Not Found"})),
            again("/v3/basket", 6),
        )
    ),
    unclear(
        ill(
            "f6_unprocessable_422",
            CLIENT,
            "422 to an order with a number as text: a changed service would say the same",
            by_method({"POST": answer(422, {"detail": "n: not an integer"})}),
            post(BAKERY, "/v3/orders", '{"n": "one"}', times=2),
        )
    ),
    ill(
        "f6_idle_408_fine",
        FINE,
        "408 on an idle connection after its answer",
        said_408_when_idle(answer()),
        keeps_a_connection,
    ),
    ill(
        "f6_byte_order_mark_fine",
        FINE,
        "a byte order mark before the JSON, which the app takes",
        answer(200, b"\xef\xbb\xbf" + _ROWS_JSON.encode(), "application/json; charset=utf-8"),
        each("/v3/loaves", "/v3/loaves/4", "/v3/loaves/5"),
    ),
    ill(
        "f6_ranges_beyond_the_end_fine",
        FINE,
        "a film in ranges; 416 for the one beyond its end",
        by_path({"/film.mp4": ranged(180_000)}),
        resumes_a_download,
    ),
    ill(
        "f6_old_api_gone_fine",
        FINE,
        "410 for version 2, the app goes on with version 3",
        by_path({"/v2/loaves": answer(410, {"use": "/v3"})}),
        each("/v2/loaves", "/v3/loaves", "/v3/till"),
    ),
    ill(
        "f6_digest_challenge_fine",
        FINE,
        "401 with a challenge, answered",
        by_path({"/v3/till": challenged(answer())}),
        digest_log_in,
    ),
    ill(
        "f6_conflict_merged_fine",
        FINE,
        "409, read, written again",
        by_method({"PUT": in_turn(answer(409, {"rev": 4}), answer())}),
        merges,
    ),
    ill(
        "f6_order_arrived_after_all_fine",
        FINE,
        "the order's first answer is lost for 2 s; sent again it exists already",
        by_path({"/v3/orders": in_turn(hang, answer(409, {"is": "/v3/orders/9"}))}),
        orders_twice,
    ),
    ill(
        "f6_date_of_the_service_wrong_fine",
        FINE,
        "the service's Date is seven hours off, all is well",
        answer(date="Tue, 24 Nov 2026 06:12:44 GMT"),
        each("/v3/loaves", "/v3/till"),
    ),
    ill(
        "f6_cache_in_front_fine",
        FINE,
        "a squid of the owner's own answers well, inside TLS",
        answer(server="squid/6.9", via="1.1 edge4 (squid/6.9)", x_cache="HIT"),
        each("/v3/loaves", "/v3/till"),
    ),
    ill(
        "f6_terms_as_a_page_fine",
        FINE,
        "the terms of use are a page, on the same host",
        by_path({"/terms": answer(200, "<!doctype html><html>Terms</html>", PAGE)}),
        each("/v3/loaves", "/terms", "/v3/till"),
    ),
    ill(
        "f6_events_taken_without_a_word_fine",
        FINE,
        "200 and no body to reported events",
        by_path({"/v3/events": answer(200, b"", "text/plain")}),
        together(post(BAKERY, "/v3/events"), get(BAKERY, "/v3/loaves")),
    ),
    ill(
        "f6_pipelined_fine",
        FINE,
        "three calls at once on one connection",
        answer(),
        lambda route, _: client_odd.pipelined(route, BAKERY, "/a", "/b", "/c"),
    ),
    ill(
        "f6_spare_connections_fine",
        FINE,
        "connections kept ready and closed unused, beside calls that are answered",
        answer(),
        together(
            each("/v3/loaves"),
            lambda route, _: client_odd.spare_connections(route, BAKERY),
            each("/v3/till"),
        ),
    ),
    ill(
        "f6_six_seconds_fine",
        FINE,
        "6 s until the answer, which the app takes",
        after(6.0, answer()),
        again("/v3/report/2025", 1),
    ),
    unclear(
        ill(
            "f6_objects_in_a_row_fine",
            FINE,
            "one JSON object a line under the type of JSON: the app reads it, nobody sees that",
            answer(200, '{"id": 4}\n{"id": 5}\n', "application/json"),
            each("/v3/watch", "/v3/loaves/5"),
        )
    ),
)
