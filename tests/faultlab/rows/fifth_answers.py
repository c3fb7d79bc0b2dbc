"""Fifth draw: what services answer over HTTP/1.1 when they are ill."""

from __future__ import annotations

import gzip
import json
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
    after,
    answer,
    bare,
    by_path,
    head,
    in_turn,
    redirect,
)
from tests.faultlab.rows.making import (
    SERVER,
    SERVER_GATE,
    get,
    pause,
    post,
    row,
    site,
    together,
)
from tests.faultlab.world import Host

FERRY, BAKERY, LIBRARY, PARCEL = (
    "api.harbour-ferry.example",
    "order.rye-bakery.example",
    "opac.town-library.example",
    "track.parcel-post.example",
)
REST = (site(BAKERY), site(LIBRARY))
USE_REST = together(get(BAKERY, "/loaves"), get(LIBRARY, "/shelf/9"))
CALL = get(FERRY, "/v5/sailings", times=2)
KONG = {"message": "no Route matched with those values"}
TOMCAT = (
    "<!doctype html><html lang='de'><head><title>HTTP Status 500 – Interner Serverfehler</title>"
    "</head><body><h1>HTTP Status 500 – Interner Serverfehler</h1><hr/><p><b>Typ</b> Ausnahme"
    "bericht</p><pre>java.lang.OutOfMemoryError: Metaspace</pre></body></html>"
)
SLOW_DOWN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SlowDown</Code><Message>Please reduce '
    "your request rate.</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>"
)
DENIED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access '
    "Denied</Message><RequestId>656c76696e6727</RequestId></Error>"
)
GEO = (
    "<H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>The Amazon CloudFront "
    "distribution is configured to block access from your country."
)
CUT_UTF8 = json.dumps({"port": "Sønderhø"}, ensure_ascii=False).encode()[:-4]


def ill(name: str, breaks: str, reply: Reply, play: Play = CALL, *, whole: bool = False) -> Fault:
    """The ferry's service answers so; two other owners' hosts are well."""
    host = site(FERRY, reply, front=reply if whole else None)
    return row(name, SERVER, breaks, (host, *REST), together(USE_REST, play))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def by_method(writing: Reply, reading: Reply) -> Reply:
    """Writes and reads fare differently."""

    def reply(wire: Wire, request: Request) -> bool:
        return (writing if request.method in {"POST", "PUT"} else reading)(wire, request)

    return reply


def too_short_length(wire: Wire, request: Request) -> bool:
    """Content-Length counts characters, not bytes, so the end of the JSON is cut."""
    text = json.dumps({"from": "Ærøskøbing", "to": "Fåborg, Fyn, åå"}, ensure_ascii=False)
    fields = {"Content-Type": "application/json", "Content-Length": str(len(text))}
    wire.send(head(200, fields) + text.encode()[: len(text)])
    return False


def resets_unmeasured_body(wire: Wire, request: Request) -> bool:
    """A chunked body of an exporter that dies: RST after the second chunk."""
    fields = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    wire.send(head(200, fields) + b'8\r\n{"rows":\r\n4\r\n[1,2\r\n')
    wire.wait(0.2)
    wire.reset()
    return False


def continues_then_silence(wire: Wire, request: Request) -> bool:
    """100 Continue, and nothing after it."""
    wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    wire.wait_for_close()
    return False


def sailings(*ids: int) -> Play:
    """One user's shard after the other, three tries each."""
    return together(*[get(FERRY, f"/v5/users/{number}/trips", times=3) for number in ids])


def routes_lost(route: client.Route, capture: Capture) -> None:
    """The same two calls before and after a deployment."""
    for _ in range(3):
        client.get(route, FERRY, "/v5/sailings")
        client.get(route, FERRY, "/v5/prices")


def waits_long(route: client.Route, capture: Capture) -> None:
    """An upload whose answer the app awaits for 11 s."""
    client.call(route, FERRY, "POST", "/v5/tickets", b'{"seat": 1}', timeout=11.0)


SHARDS = {f"/v5/users/{number}/trips": answer(500, "shard 3 is read-only") for number in (3, 9)}
LOST = answer(404, KONG, server="kong/3.4.2")
GONE = {"error": "gone", "message": "API v5 was switched off on 1 November. Update your app."}

ROWS = (
    ill(
        "f5_planned_maintenance",
        "planned maintenance: 503 with Retry-After, at the door as well",
        answer(503, {"maintenance": True, "until": "14:00"}, retry_after="7200"),
        whole=True,
    ),
    ill(
        "f5_tomcat_metaspace", "a servlet container out of memory", answer(500, TOMCAT, "text/html")
    ),
    ill(
        "f5_bucket_slow_down",
        "an object store is overloaded",
        answer(503, SLOW_DOWN, "application/xml", server="AmazonS3"),
    ),
    unclear(
        ill(
            "f5_bucket_denied",
            "the policy of a public bucket was broken; it reads as a refusal of us",
            answer(403, DENIED, "application/xml", server="AmazonS3"),
        )
    ),
    ill(
        "f5_plan_limit_first_call",
        "the gateway's plan is used up: 429 to the first call of all",
        answer(429, {"message": "Limit Exceeded"}),
        together(get(FERRY, "/v5/sailings"), pause(2.5), get(FERRY, "/v5/sailings")),
    ),
    ill(
        "f5_two_user_shards",
        "two shards of ten fail, whoever asks for them",
        by_path(SHARDS),
        sailings(1, 3, 4, 9, 7),
    ),
    ill(
        "f5_cut_in_a_letter",
        "JSON that ends inside a letter",
        answer(200, CUT_UTF8, "application/json"),
    ),
    ill("f5_length_counts_letters", "a length in letters cuts the JSON", too_short_length),
    ill(
        "f5_two_documents",
        "a merge of two nodes' answers: two JSON documents in one body",
        answer(200, '{"sailings": []}{"sailings": []}', "application/json"),
    ),
    ill(
        "f5_gzip_twice",
        "compressed by the service and again by its front, announced once",
        answer(
            200,
            gzip.compress(gzip.compress(json.dumps(FINE_BODY).encode(), mtime=0), mtime=0),
            "application/json",
            content_encoding="gzip",
        ),
    ),
    ill("f5_export_dies", "RST inside a chunked body", resets_unmeasured_body),
    unclear(ill("f5_304_unasked", "a cache answers 304 to a call without validators", bare(304))),
    unclear(
        ill(
            "f5_null_for_list",
            "JSON null where a list is due",
            answer(200, "null", "application/json"),
        )
    ),
    row(
        "f5_down_to_plain_refused",
        SERVER,
        "sends the app to a plain-text port on which nobody listens",
        (
            site(FERRY, redirect("http://legacy.harbour-ferry.example:8080/v5/sailings", 301)),
            Host("legacy.harbour-ferry.example", reach="refused", port=8080),
            *REST,
        ),
        together(
            USE_REST,
            get(FERRY, "/v5/sailings"),
            lambda route, _: [
                client.call_plain(route, "legacy.harbour-ferry.example", "/v5/sailings", 8080)
                for _ in range(2)
            ],
        ),
    ),
    row(
        "f5_redirects_to_and_fro",
        SERVER,
        "two hosts of one owner redirect to each other",
        (
            site(FERRY, redirect("https://www.harbour-ferry.example/v5/sailings", 307)),
            site("www.harbour-ferry.example", redirect(f"https://{FERRY}/v5/sailings", 307)),
            *REST,
        ),
        together(
            USE_REST,
            *[get(FERRY, "/v5/sailings"), get("www.harbour-ferry.example", "/v5/sailings")] * 5,
        ),
    ),
    unclear(
        ill(
            "f5_to_the_sign_in_page",
            "a session is gone: 302 to a page for people",
            by_path(
                {
                    "/v5/sailings": redirect("/sso/start"),
                    "/sso/start": answer(200, "<form/>", "text/html"),
                }
            ),
            together(get(FERRY, "/v5/sailings"), get(FERRY, "/sso/start")),
        )
    ),
    ill(
        "f5_routes_lost_midway",
        "a deployment drops every route: what was answered is 404 from then on",
        in_turn(answer(), answer(), LOST),
        routes_lost,
    ),
    unclear(ill("f5_old_api_gone", "410: the app is too old", answer(410, GONE))),
    unclear(
        row(
            "f5_country_blocked",
            SERVER_GATE,
            "the service's CDN blocks our country, in words",
            (
                site(
                    FERRY, answer(403, GEO, "text/html", server="CloudFront"), front=answer(403, "")
                ),
                *REST,
            ),
            together(USE_REST, CALL),
        )
    ),
    ill(
        "f5_read_only_failover",
        "reads work, every write is 503 after a failover",
        by_method(answer(503, {"error": "read only"}), answer()),
        together(
            get(FERRY, "/v5/sailings"),
            post(FERRY, "/v5/tickets", times=3),
            get(FERRY, "/v5/prices"),
        ),
    ),
    ill(
        "f5_slow_then_500",
        "500 after seven seconds",
        after(7.0, answer(500, "lock wait timeout")),
        get(FERRY, "/v5/sailings", times=2),
    ),
    unclear(
        ill(
            "f5_continue_then_silence",
            "100 Continue, then silence for 11 s",
            continues_then_silence,
            waits_long,
        )
    ),
    ill(
        "f5_dead_after_first_page",
        "the first page is answered, each later one FIN without a byte",
        in_turn(answer(), lambda wire, request: False),
        together(*[get(FERRY, f"/v5/log?page={page}", times=2) for page in (1, 2, 3)]),
    ),
    ill(
        "f5_error_page_in_japanese",
        "a maintenance page in Japanese under 200, where JSON was asked",
        answer(
            200, "<html><body>ただいまメンテナンス中です</body></html>", "text/html; charset=utf-8"
        ),
    ),
    ill(
        "f5_empty_under_json",
        "no byte under the JSON type, where a list is due",
        answer(200, b"", "application/json"),
    ),
)
