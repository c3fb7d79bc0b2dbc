"""Second draw: the words of real gateways, odd framings, damaged codings."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import replace

import brotli
import zstandard

from tests.faultlab import client
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import (
    FINE as FINE_BODY,
)
from tests.faultlab.origin_http1 import (
    Reply,
    answer,
    chunked,
    in_turn,
    raw_bytes,
    serve,
)
from tests.faultlab.origin_http2 import answer2, by_path2
from tests.faultlab.rows.making import (
    CLIENT,
    FINE,
    NETWORK,
    OTHERS_FINE,
    SERVER,
    SERVER_GATE,
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
from tests.faultlab.world import Host

BANK, CDN, MAPS = "gw.tiny-bank.example", "edge7.picture-farm.example", "tiles.atlas-co.example"
RAW = json.dumps(FINE_BODY).encode() * 40

ENVOY = (
    "upstream connect error or disconnect/reset before headers. retried and the latest reset "
    "reason: remote connection failure, transport failure reason: delayed connect error: 111"
)
AKAMAI = (
    "<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><H1>Service Unavailable - "
    "DNS failure</H1>Reference #11.5c1f1002.1700000000.1a2b3c</BODY></HTML>"
)
VARNISH = (
    "<html><h1>Error 503 Backend fetch failed</h1><p>Guru Meditation:</p><p>XID: 32</p></html>"
)
HAPROXY = (
    b"HTTP/1.0 503 Service Unavailable\r\nCache-Control: no-cache\r\nConnection: close\r\n"
    b"Content-Type: text/html\r\n\r\n<html><body><h1>503 Service Unavailable</h1>\nNo server is "
    b"available to handle this request.\n</body></html>\n"
)
HTTP10_FINE = (
    b"HTTP/1.0 200 OK\r\nServer: BaseHTTP/0.6\r\nContent-Type: application/json\r\n\r\n"
    b'{"balance": 12, "currency": "EUR"}'
)
PORTAL_PAGE = "<html><head><title>Sign in to Cafe Wi-Fi</title></head><body>Accept</body></html>"


def says(name: str, breaks: str, reply: Reply, *, whole: bool = False, times: int = 2) -> Fault:
    """A server's row: the call is answered so; with `whole` a passer-by's HEAD as well."""
    host = site(BANK, reply, front=reply if whole else None)
    return row(name, SERVER, breaks, (host,), get(BANK, "/api/accounts", times=times))


def coded(name: str, truth: Truth, breaks: str, coding: str, body: bytes) -> Fault:
    """A body under a content coding."""
    reply = answer(200, body, "application/json", content_encoding=coding)
    return row(name, truth, breaks, (site(CDN, reply),), get(CDN, "/api/list"))


def plain_get(host: str, path: str, times: int = 1) -> Play:
    """Plain HTTP, as Android's own check uses it."""

    def play(route: client.Route, capture: object) -> None:
        for _ in range(times):
            session = client.Session(route, host, plain=True)
            session.ask("GET", path)
            session.close()

    return play


def plain_site(name: str, reply: Reply) -> Host:
    """An origin on port 80 without TLS."""
    return Host(name, serve(reply, front=reply), reach="bare", port=80)


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def data_site(body: Mapping[str, object] | str | bytes, **headers: str) -> Host:
    """A 200 with this body under the JSON type."""
    return site(BANK, answer(200, body, "application/json", **headers))


CALL = get(BANK, "/api/accounts", times=2)

ROWS = (
    says("envoy_503", "envoy has no upstream", answer(503, ENVOY, server="envoy")),
    row(
        "envoy_503_h2",
        SERVER,
        "envoy has no upstream, HTTP/2",
        (site2(BANK, answer2(503, ENVOY.encode(), "text/plain", server="envoy")),),
        get2(BANK, "/api/accounts", times=2),
    ),
    says(
        "akamai_503_everybody",
        "a CDN cannot find its origin",
        answer(503, AKAMAI, "text/html", server="AkamaiGHost"),
        whole=True,
    ),
    says(
        "cloudfront_502",
        "a CDN's origin breaks TLS",
        answer(502, "<H1>502 ERROR</H1>", "text/html", x_cache="Error from cloudfront"),
    ),
    says(
        "varnish_503", "a cache's backend fails", answer(503, VARNISH, "text/html", via="varnish")
    ),
    says("haproxy_503_http10", "HTTP/1.0, no length, closes", raw_bytes(HAPROXY), whole=True),
    says("alb_504", "a load balancer waits in vain", answer(504, "", server="awselb/2.0")),
    says(
        "problem_json_500",
        "RFC 9457 problem details",
        answer(500, '{"type": "about:blank", "title": "boom"}', "application/problem+json"),
    ),
    row(
        "cdn_525_one_path",
        SERVER,
        "525 for one path, the rest is well",
        (site2(CDN, by_path2({"/api/list": answer2(525, b"ssl handshake failed")}, answer2())),),
        together(get2(CDN, "/a.js"), get2(CDN, "/api/list", times=2)),
    ),
    says("status_599", "a status that no registry has", answer(599, "network connect timeout")),
    row(
        "http10_closer_fine",
        FINE,
        "HTTP/1.0 without a length: the close ends the body",
        (site(BANK, raw_bytes(HTTP10_FINE)),),
        CALL,
    ),
    row("chunks_fine", FINE, "two chunks", (site(BANK, chunked(b'{"a":', b"1}")),), CALL),
    says("chunk_cut_in_head", "ends inside a chunk", chunked(b'{"rows": [', ends=False)),
    says(
        "chunk_size_garbled",
        "a chunk size that is no number",
        raw_bytes(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
        ),
    ),
    says("half_status_line", "FIN inside the status line", raw_bytes(b"HTTP/1.1 20")),
    says(
        "banner_instead", "an SSH banner where HTTP is due", raw_bytes(b"SSH-2.0-OpenSSH_9.6\r\n")
    ),
    coded("br_cut", SERVER, "brotli cut short", "br", brotli.compress(RAW)[:-9]),
    coded("zstd_cut", SERVER, "zstd cut", "zstd", zstandard.compress(RAW)[:-9]),
    coded(
        "gzip_crc_wrong",
        SERVER,
        "gzip with a wrong checksum",
        "gzip",
        gzip.compress(RAW, mtime=0)[:-8] + b"\x00" * 8,
    ),
    coded("br_fine", FINE, "nothing", "br", brotli.compress(RAW[: len(RAW) // 40])),
    coded("deflate_fine", FINE, "nothing", "deflate", zlib.compress(RAW[: len(RAW) // 40])),
    row(
        "json_as_text_fine",
        FINE,
        "JSON under text/plain",
        (site(BANK, answer(200, '{"a": 1}', "text/plain")),),
        CALL,
    ),
    row("nul_bytes_as_json", SERVER, "zeros where JSON is due", (data_site(b"\x00" * 64),), CALL),
    row(
        "maintenance_as_json",
        SERVER,
        "a page under the JSON type",
        (data_site("<!DOCTYPE html><html><body>Back soon</body></html>"),),
        CALL,
    ),
    row(
        "legal_451",
        SERVER_GATE,
        "the law forbids it here",
        (site(BANK, answer(451, "Unavailable For Legal Reasons")), *OTHERS_FINE),
        together(USE_OTHERS, CALL),
    ),
    unclear(
        row(
            "waf_challenge_403",
            SERVER,
            "a bot check of the CDN",
            (
                site(
                    BANK,
                    answer(
                        403, "<title>Just a moment...</title>", "text/html", server="cloudflare"
                    ),
                ),
            ),
            CALL,
        )
    ),
    unclear(
        row(
            "session_401_bearer",
            CLIENT,
            "the app does not renew its token",
            (site(BANK, answer(401, "", www_authenticate='Bearer error="invalid_token"')),),
            CALL,
        )
    ),
    row(
        "form_as_json_400",
        CLIENT,
        "a form under the JSON type",
        (site(BANK, answer(400, {"error": "cannot parse body"})),),
        post(BANK, "/api/transfer", "amount=3&to=me", times=2),
    ),
    unclear(
        row(
            "unsupported_415",
            CLIENT,
            "a media type that the service does not take",
            (site(BANK, answer(415, "")),),
            post(BANK, "/api/transfer", "<a/>", "text/xml"),
        )
    ),
    row(
        "flapping_500",
        SERVER,
        "every second call fails, for good in the end",
        (site(BANK, in_turn(answer(), answer(500), answer(), answer(500))),),
        together(*([get(BANK, "/api/accounts")] * 6)),
    ),
    row(
        "proxy_login_407",
        NETWORK,
        "a proxy of the company asks for a log-in",
        (
            plain_site(BANK, answer(407, "auth", proxy_authenticate="Basic realm=corp")),
            plain_site(MAPS, answer(407, "auth", proxy_authenticate="Basic realm=corp")),
        ),
        together(plain_get(BANK, "/api/accounts", 2), plain_get(MAPS, "/t/1")),
    ),
    row(
        "network_login_511",
        NETWORK,
        "RFC 6585: a portal says so itself",
        (
            plain_site(BANK, answer(511, PORTAL_PAGE, "text/html")),
            plain_site(MAPS, answer(511, PORTAL_PAGE, "text/html")),
        ),
        together(plain_get(BANK, "/api/accounts", 2), plain_get(MAPS, "/t/1")),
    ),
    row(
        "portal_page_for_check",
        NETWORK,
        "Android's check gets a page, all TLS a foreign issuer",
        (
            plain_site("connectivitycheck.gstatic.com", answer(200, PORTAL_PAGE, "text/html")),
            site(BANK, cert="portal"),
            site(MAPS, cert="portal"),
            site(CDN, cert="portal"),
        ),
        together(
            plain_get("connectivitycheck.gstatic.com", "/generate_204"),
            CALL,
            get(MAPS, "/t/1"),
            get(CDN, "/a.js"),
        ),
    ),
    row(
        "alt_svc_fine",
        FINE,
        "offers HTTP/3 that we never use",
        (site(BANK, answer(alt_svc='h3=":443"; ma=86400')),),
        CALL,
    ),
)
