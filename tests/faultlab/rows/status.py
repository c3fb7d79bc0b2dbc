"""Answers that are complete, and wrong: status, body, gRPC status, WebSocket close."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

from tests.faultlab import client, client_http2
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import FINE as FINE_BODY
from tests.faultlab.origin_http1 import after, answer, by_path, in_turn, redirect
from tests.faultlab.origin_http2 import answer2, by_path2, grpc
from tests.faultlab.origin_raw import websocket
from tests.faultlab.rows.making import (
    ACCOUNT,
    API,
    AUTH,
    CLIENT,
    MEDIA,
    NEWS,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    Truth,
    get,
    get2,
    post,
    row,
    site,
    site2,
    together,
)

GZIP = gzip.compress(json.dumps(FINE_BODY).encode())
NGINX = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def unclear(name: str, truth: Truth, breaks: str, status: int, text: str) -> Fault:
    """One call, one 4xx: the status alone does not say whose fault it is."""
    body = {"error": text}
    return replace(
        row(name, truth, breaks, (site(API, answer(status, body)),), get(times=2)),
        separable=False,
    )


def burst(route: client.Route, capture: object) -> None:
    """Forty calls as fast as they go."""
    session = client.Session(route, API)
    for _ in range(40):
        session.ask("GET", "/v1/items")
    session.close()


ROWS = (
    row("http_500", SERVER, "500", (site(API, answer(500, {"error": "oops"})),), get()),
    row(
        "http_500_post", SERVER, "500 to a POST", (site(API, answer(500)),), post(API, "/v1/orders")
    ),
    row("http_500_h2", SERVER, "500 over HTTP/2", (site2(API, answer2(500, b"{}")),), get2()),
    row(
        "http_502_gateway",
        SERVER,
        "the origin's gateway has no backend",
        (site(API, answer(502, NGINX, "text/html", server="nginx")),),
        get(times=2),
    ),
    row(
        "http_503_overload",
        SERVER,
        "503 with Retry-After",
        (site(API, answer(503, "busy", retry_after="30")),),
        get(),
    ),
    row(
        "http_503_whole_host",
        SERVER,
        "503 to everybody",
        (site(API, answer(503), front=answer(503, "")), *OTHERS_FINE),
        together(USE_OTHERS, get(times=3)),
    ),
    row(
        "http_504_gateway",
        SERVER,
        "the gateway times out after 1 s",
        (site(API, after(1.0, answer(504, "<html>timeout</html>", "text/html", server="nginx"))),),
        get(),
    ),
    row("http_507", SERVER, "507 Insufficient Storage", (site(API, answer(507)),), get()),
    row(
        "http_520_cdn",
        SERVER,
        "a CDN's own 520",
        (site(API, answer(520, "<html>520</html>", "text/html", server="cloudflare")),),
        get(),
    ),
    row(
        "http_429_normal_pace",
        SERVER,
        "429 to the third call within 2 s",
        (site(API, in_turn(answer(), answer(), answer(429, "slow down", retry_after="60"))),),
        together(get(), get(API, "/v1/more"), get(API, "/v1/more", times=2)),
    ),
    replace(
        row(
            "http_429_after_burst",
            CLIENT,
            "429 after forty calls within a second",
            (site(API, in_turn(*([answer()] * 20), answer(429, "slow down"))),),
            burst,
        ),
        separable=False,
    ),
    row("retry_storm_500", SERVER, "500 to five tries", (site(API, answer(500)),), get(times=5)),
    row(
        "one_endpoint_500",
        SERVER,
        "one endpoint of three",
        (site(API, by_path({"/v1/orders": answer(500)})),),
        together(get(), get(API, "/v1/orders", times=2), get(API, "/v1/more")),
    ),
    row(
        "one_stream_500",
        SERVER,
        "one stream of three",
        (site2(API, by_path2({"/v1/orders": answer2(500, b"{}")}, answer2())),),
        get2(API, "/v1/items", "/v1/orders", "/v1/more"),
    ),
    row(
        "works_then_500",
        SERVER,
        "well at first, then 500 for good",
        (site(API, in_turn(answer(), answer(), answer(500))),),
        together(get(), get(), get(times=3)),
    ),
    row(
        "outage_of_two_hosts",
        SERVER,
        "two hosts of one owner answer 503, a third is fine",
        (site(API, answer(503)), site("www.corner-shop.example", answer(503)), site(NEWS)),
        together(get(NEWS, "/today"), get(times=2), get("www.corner-shop.example", "/", times=2)),
    ),
    row(
        "bad_gzip",
        SERVER,
        "gzip cut short by the origin",
        (site(API, answer(200, GZIP[:-20], "application/json", content_encoding="gzip")),),
        get(),
    ),
    row(
        "not_gzip",
        SERVER,
        "says gzip, is plain",
        (site(API, answer(200, b'{"items": []}', "application/json", content_encoding="gzip")),),
        get(),
    ),
    row(
        "empty_json",
        SERVER,
        "200, JSON type, no body",
        (site(API, answer(200, b"", "application/json")),),
        get(),
    ),
    row(
        "half_json",
        SERVER,
        "JSON that stops in the middle, length matches",
        (site(API, answer(200, b'{"items": [{"id": 1}, {"id"', "application/json")),),
        get(),
    ),
    row(
        "trace_as_json",
        SERVER,
        "a stack trace under the JSON type",
        (site(API, answer(200, b"Traceback (most recent call last): boom", "application/json")),),
        get(),
    ),
    row(
        "redirect_loop",
        SERVER,
        "302 to itself, ten times",
        (site(API, redirect(f"https://{API}/v1/items")),),
        lambda route, _: [client.get(route, API) for _ in range(10)],
    ),
    unclear("http_401_alone", ACCOUNT, "the session is over", 401, "token expired"),
    unclear("http_403_alone", SERVER, "a firewall of the service dislikes us", 403, "forbidden"),
    unclear("http_404_main_call", SERVER, "a deployment lost the route", 404, "not found"),
    unclear("http_400_unexplained", CLIENT, "the app sends a wrong parameter", 400, "bad request"),
    unclear("http_413", CLIENT, "the app sends too much", 413, "too large"),
    replace(
        row(
            "http_422_post",
            CLIENT,
            "the app leaves out a field",
            (site(API, answer(422, {"error": "field 'sku' is required"})),),
            post(API, "/v1/orders"),
        ),
        separable=False,
    ),
    row(
        "grpc_unavailable",
        SERVER,
        "gRPC 14, trailers only",
        (site2(API, grpc(14, "no backend")),),
        lambda route, _: client_http2.grpc_call(route, API),
    ),
    row(
        "grpc_internal",
        SERVER,
        "gRPC 13 in trailers",
        (site2(API, grpc(13, "boom", body=b"x")),),
        lambda route, _: client_http2.grpc_call(route, API),
    ),
    row(
        "grpc_unimplemented",
        SERVER,
        "gRPC 12: the method is gone",
        (site2(API, grpc(12, "unknown method")),),
        lambda route, _: client_http2.grpc_call(route, API),
    ),
    replace(
        row(
            "grpc_unauthenticated",
            ACCOUNT,
            "gRPC 16",
            (site2(API, grpc(16, "token expired")),),
            lambda route, _: client_http2.grpc_call(route, API),
        ),
        separable=False,
    ),
    replace(
        row(
            "websocket_denied",
            SERVER,
            "403 to the upgrade",
            (site(API, answer(403, {"error": "no"})),),
            lambda route, _: client.upgrade(route, API),
        ),
        separable=False,
    ),
    row(
        "websocket_no_close_frame",
        SERVER,
        "FIN without a close frame",
        (site(API, websocket("fin")),),
        lambda route, _: client.upgrade(route, API),
    ),
    row(
        "websocket_reset",
        SERVER,
        "RST without a close frame",
        (site(API, websocket("rst")),),
        lambda route, _: client.upgrade(route, API),
    ),
    row(
        "websocket_1011",
        SERVER,
        "close code 1011",
        (site(API, websocket("error")),),
        lambda route, _: client.upgrade(route, API),
    ),
    row(
        "websocket_503",
        SERVER,
        "503 to the upgrade",
        (site(API, answer(503)),),
        lambda route, _: client.upgrade(route, API),
    ),
    row(
        "auth_down_shop_fine",
        SERVER,
        "only the log-in host is ill",
        (site(AUTH, answer(503, {"error": "maintenance"})), site(), site(MEDIA)),
        together(get(), get(MEDIA, "/a.png"), post(AUTH, "/login", times=2)),
    ),
)
