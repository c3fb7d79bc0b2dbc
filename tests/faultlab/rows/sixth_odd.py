"""Sixth draw: what looks odd over HTTP/1.1 and does no harm."""

from __future__ import annotations

import time

from tests.faultlab import client, client_odd
from tests.faultlab.experiment import Capture
from tests.faultlab.origin_http1 import Reply, after, answer, by_path, hang, in_turn
from tests.faultlab.origin_http1_odd import by_method, ranged, said_408_when_idle
from tests.faultlab.rows.making import FINE, get, post, together
from tests.faultlab.rows.sixth_answers import BAKERY, LOAVES, PAGE, again, each, ill, unclear


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


def challenged(fine: Reply) -> Reply:
    """401 until the request carries an answer to the challenge."""
    asks = answer(401, "", "text/plain", www_authenticate='Digest realm="till", nonce="7f"')
    return in_turn(asks, fine)


ROWS = (
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
        answer(200, b"\xef\xbb\xbf" + LOAVES.encode(), "application/json; charset=utf-8"),
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
