"""Third draw: connections that break in TLS, in HTTP/2, in bodies; filters and bad paths."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import replace

import h2.errors

from tests.faultlab import client, client_http2
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Behaviour, Request, Wire
from tests.faultlab.origin_http1 import Reply, answer, head, serve
from tests.faultlab.origin_http2 import (
    Reply2,
    Talk,
    answer2,
    by_path2,
    goaway2,
    reset2,
    serve2,
)
from tests.faultlab.origin_raw import (
    close_in_handshake,
    cut_by_name,
    first_connections,
    mute,
    reset_in_handshake,
    tls_alert,
)
from tests.faultlab.rows.making import (
    FINE,
    NETWORK,
    SERVER,
    Truth,
    below_tls,
    get,
    get2,
    post,
    row,
    site,
    site2,
    together,
    unreachable,
)
from tests.faultlab.rows.trust import not_trusting
from tests.faultlab.world import Host

PIANO, KITE, TENT, SOUP = (
    "api.piano-room.example",
    "go.kite-club.example",
    "m.tent-hire.example",
    "menu.soup-stand.example",
)
REST = (site(KITE), site(TENT), site(SOUP))
USE_REST = together(get(KITE, "/a"), get(TENT, "/b"), get(SOUP, "/c"))
CODES = h2.errors.ErrorCodes
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455


def ill(name: str, truth: Truth, breaks: str, host: Host, times: int = 2) -> Fault:
    """One host is ill, three of other owners are well."""
    play = together(USE_REST, get(PIANO, "/v4/scores", times=times))
    return row(name, truth, breaks, (host, *REST), play)


def ill2(name: str, truth: Truth, breaks: str, reply: Reply2, times: int = 2) -> Fault:
    """The same over HTTP/2."""
    play = together(USE_REST, get2(PIANO, "/v4/scores", times=times))
    return row(name, truth, breaks, (site2(PIANO, reply), *REST), play)


def opaque(name: str, truth: Truth, breaks: str, host: Host) -> Fault:
    """The app trusts nobody at this host; the three others are read."""
    play = together(USE_REST, not_trusting(PIANO, times=3))
    return replace(row(name, truth, breaks, (host, *REST), play), visibility="opaque")


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def ends_at_once(wire: Wire) -> None:
    """FIN as soon as TLS stands."""


def resets_at_once(wire: Wire) -> None:
    """RST as soon as TLS stands."""
    wire.reset()


def stalls_in_body(wire: Wire, request: Request) -> bool:
    """Half a body, then nothing."""
    fields = {"Server": "lab-origin", "Content-Type": "application/json", "Content-Length": "800"}
    wire.send(head(200, fields) + b'{"scores": [' + b" " * 300)
    wire.wait_for_close()
    return False


def stalls2(talk: Talk, stream: int) -> None:
    """A head and some data, then nothing on this stream."""
    talk.headers(stream, more={"content_type": "application/json", "content_length": "800"})
    talk.data(stream, b'{"scores": [', end=False)


def once2(bad: Reply2, well: Reply2) -> Reply2:
    """The origin's first stream fares ill, the later ones well."""
    key = object()

    def reply(talk: Talk, stream: int) -> None:
        (well if talk.wire.counts.take(key) else bad)(talk, stream)

    return reply


def websocket_closing(code: int, reason: bytes = b"") -> Reply:
    """Accepts, says hello, closes with this code."""

    def reply(wire: Wire, request: Request) -> bool:
        key = request.headers.get("sec-websocket-key", "")
        digest = hashlib.sha1((key + _GUID).encode(), usedforsecurity=False).digest()
        accept = base64.b64encode(digest).decode()
        fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept}
        wire.send(head(101, fields) + b"\x81\x02hi")
        wire.wait(0.3)
        payload = code.to_bytes(2, "big") + reason
        wire.send(bytes([0x88, len(payload)]) + payload)
        wire.wait_for_close()
        return False

    return reply


def talks(times: int) -> Play:
    """Opens the WebSocket so often."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            client.upgrade(route, PIANO, "/live")
            time.sleep(0.3)

    return play


def uploads2(route: client.Route, capture: Capture) -> None:
    """An upload over HTTP/2."""
    session = client_http2.Session2(route, PIANO)
    number = session.begin("/v4/upload", "POST", b"u" * 9000)
    session.wait(number)
    session.close()


def tries(*hosts: str, times: int = 2, timeout: float = 4.0) -> Play:
    """Each host so often."""
    return together(*[get(host, "/x", times=times, timeout=timeout) for host in hosts])


def all_hosts(behaviour: Behaviour) -> tuple[Host, ...]:
    """Four owners' hosts, all the same below TLS."""
    return tuple(below_tls(host, behaviour) for host in (PIANO, KITE, TENT, SOUP))


EVERYBODY = tries(PIANO, KITE, TENT, SOUP)

ROWS = (
    ill("tls_then_fin", SERVER, "TLS, then the end", Host(PIANO, ends_at_once)),
    ill("tls_then_rst", SERVER, "TLS, then RST", Host(PIANO, resets_at_once)),
    row(
        "body_stalls_11s",
        SERVER,
        "a body stops half-way; the app waits 11 s",
        (site(PIANO, stalls_in_body), *REST),
        together(USE_REST, get(PIANO, "/v4/scores", timeout=11.0)),
    ),
    unclear(
        row(
            "body_stalls_short",
            SERVER,
            "a body stops half-way; the app waits 1.5 s, once",
            (site(PIANO, stalls_in_body), *REST),
            together(USE_REST, get(PIANO, "/v4/scores", timeout=1.5)),
        )
    ),
    row(
        "h2_body_stalls",
        SERVER,
        "a stream stops half-way, another is answered",
        (site2(PIANO, by_path2({"/v4/scores": stalls2}, answer2())), *REST),
        together(USE_REST, get2(PIANO, "/v4/scores", "/v4/me", timeout=11.0)),
    ),
    ill2("goaway_internal", SERVER, "GOAWAY INTERNAL_ERROR", goaway2(CODES.INTERNAL_ERROR)),
    ill2("goaway_words", SERVER, "GOAWAY with words", goaway2(CODES.NO_ERROR, b"shutting_down"), 3),
    ill2("reset_protocol", SERVER, "RST_STREAM PROTOCOL_ERROR", reset2(CODES.PROTOCOL_ERROR)),
    ill2("reset_compression", SERVER, "RST COMPRESSION_ERROR", reset2(CODES.COMPRESSION_ERROR), 3),
    ill2(
        "h2_502_then_same",
        SERVER,
        "502 over HTTP/2, each time",
        answer2(502, b"bad gateway", "text/plain"),
    ),
    ill2(
        "refused_stream_once_fine",
        FINE,
        "REFUSED_STREAM once, the retry is answered",
        once2(reset2(CODES.REFUSED_STREAM), answer2()),
    ),
    ill2("h2_502_once_fine", FINE, "502 once over HTTP/2", once2(answer2(502, b""), answer2())),
    row("upload_answered_fine", FINE, "nothing", (site2(PIANO, answer2()),), uploads2),
    row(
        "many_on_one_connection_fine",
        FINE,
        "thirty streams, one slow",
        (site2(PIANO, answer2()),),
        get2(PIANO, *[f"/v4/s/{number}" for number in range(30)]),
    ),
    unclear(ill("alert_protocol_version", SERVER, "alert 70", below_tls(PIANO, tls_alert(70)))),
    ill("alert_access_denied_one", SERVER, "alert 49", below_tls(PIANO, tls_alert(49))),
    ill("alert_bad_record", SERVER, "alert 20", below_tls(PIANO, tls_alert(20))),
    ill("not_yet_one", SERVER, "a certificate of tomorrow", site(PIANO, cert="not_yet"), 3),
    row(
        "expired_two_hosts_one_owner",
        SERVER,
        "one owner forgot to renew",
        (
            site("a.piano-room.example", cert="expired"),
            site("b.piano-room.example", cert="expired"),
            *REST,
        ),
        together(USE_REST, tries("a.piano-room.example", "b.piano-room.example")),
    ),
    row(
        "expired_over_h2",
        SERVER,
        "expired certificate, HTTP/2",
        (Host(PIANO, serve2(answer2()), TlsPlan("expired", ("h2", "http/1.1"))), *REST),
        together(USE_REST, get2(PIANO, "/v4/scores", times=2)),
    ),
    row(
        "websocket_restart",
        SERVER,
        "close code 1012 each time",
        (site(PIANO, websocket_closing(1012, b"restart")),),
        talks(3),
    ),
    row(
        "websocket_overload",
        SERVER,
        "close code 1013 each time",
        (site(PIANO, websocket_closing(1013)),),
        talks(3),
    ),
    row(
        "websocket_normal_fine",
        FINE,
        "close code 1000, bye",
        (site(PIANO, websocket_closing(1000, b"bye")),),
        talks(1),
    ),
    ill(
        "closed_handshake_one",
        SERVER,
        "FIN after ClientHello",
        below_tls(PIANO, close_in_handshake),
        3,
    ),
    ill(
        "one_bad_node_fine",
        FINE,
        "one of its nodes closes, the next one answers",
        Host(PIANO, first_connections(1, ends_at_once, serve(answer()))),
        3,
    ),
    row(
        "no_route_two_owners",
        NETWORK,
        "no route to two of three owners",
        (unreachable(PIANO, "no_route"), unreachable(KITE, "no_route"), site(TENT)),
        together(get(TENT, "/b"), tries(PIANO, KITE)),
    ),
    row(
        "cut_names_two_owners",
        NETWORK,
        "a filter resets two names' handshakes",
        (
            below_tls(PIANO, cut_by_name(PIANO, reset_in_handshake)),
            below_tls(KITE, cut_by_name(KITE, reset_in_handshake)),
            site(TENT),
        ),
        together(get(TENT, "/b"), tries(PIANO, KITE)),
    ),
    unclear(
        row(
            "syn_dropped_one",
            SERVER,
            "one host does not answer SYNs",
            (unreachable(PIANO, "syn_dropped"), *REST),
            together(USE_REST, get(PIANO, "/v4/scores", timeout=3.0)),
        )
    ),
    row(
        "fin_everywhere",
        NETWORK,
        "FIN after each ClientHello",
        all_hosts(close_in_handshake),
        EVERYBODY,
    ),
    row(
        "alert_80_everywhere",
        NETWORK,
        "alert 80 from everybody",
        all_hosts(tls_alert(80)),
        EVERYBODY,
    ),
    row(
        "dark_after_tcp",
        NETWORK,
        "no ClientHello is answered anywhere",
        all_hosts(mute),
        tries(PIANO, KITE, TENT, times=1, timeout=3.0),
    ),
    row(
        "dead_names_mixed_refusals",
        NETWORK,
        "names dead at two owners, no route at two more",
        (
            unreachable(PIANO, "dead_name"),
            unreachable(KITE, "dead_name"),
            unreachable(TENT, "no_route"),
            unreachable(SOUP, "no_route"),
        ),
        EVERYBODY,
    ),
    opaque("opaque_self_signed", SERVER, "self-signed, opaque", site(PIANO, cert="self_signed")),
    opaque("opaque_closed_port", SERVER, "refused, opaque", unreachable(PIANO, "refused")),
    opaque("opaque_no_route_one", NETWORK, "no route, opaque", unreachable(PIANO, "no_route")),
    opaque("opaque_fin", SERVER, "FIN in handshakes, opaque", below_tls(PIANO, close_in_handshake)),
    opaque(
        "opaque_name_filter",
        NETWORK,
        "a filter cuts one name, opaque",
        below_tls(PIANO, cut_by_name(PIANO, reset_in_handshake)),
    ),
    row(
        "post_cut_off",
        SERVER,
        "FIN instead of an answer to a POST, twice",
        (site(PIANO, lambda wire, request: False), *REST),
        together(USE_REST, post(PIANO, "/v4/save", times=2)),
    ),
)
