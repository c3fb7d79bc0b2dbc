"""Sixth draw: what ill services answer over HTTP/1.1."""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import (
    Reply,
    after,
    answer,
    by_path,
    chunked,
    in_turn,
    redirect,
)
from tests.faultlab.origin_http1_odd import (
    alternating,
    by_method,
    longer_than_said,
)
from tests.faultlab.rows.making import (
    ACCOUNT,
    CLIENT,
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


LOAVES = json.dumps({"loaves": [{"id": 4, "name": "rye"}, {"id": 5, "name": "spelt"}]})
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
        again("/v3/loaves", 3),
    ),
    ill(
        "f6_json_trailing_comma",
        SERVER,
        "JSON with a comma too many, three times",
        answer(200, '{"loaves": [{"id": 4},]}', "application/json"),
        again("/v3/loaves", 3),
    ),
    ill(
        "f6_error_inside_the_stream",
        SERVER,
        "a list that breaks off into an error object, properly ended",
        chunked(b'{"loaves": [{"id": 4}, ', b'{"error": "cursor lost"', b"}"),
        again("/v3/loaves", 3),
    ),
    ill(
        "f6_brotli_said_gzip_sent",
        SERVER,
        "Content-Encoding br, gzip inside",
        answer(200, gzip.compress(LOAVES.encode()), "application/json", content_encoding="br"),
        again("/v3/loaves", 3),
    ),
    ill(
        "f6_longer_than_its_length",
        SERVER,
        "Content-Length 20 bytes short: the JSON is cut by it",
        longer_than_said(LOAVES.encode(), len(LOAVES) - 20),
        again("/v3/loaves", 3),
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
)
