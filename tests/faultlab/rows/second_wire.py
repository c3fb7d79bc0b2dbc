"""Second draw: connections that break below HTTP or in its framing, at each phase."""

from __future__ import annotations

from dataclasses import replace

import h2.errors

from tests.faultlab import client
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Behaviour, Request, Wire
from tests.faultlab.origin_http1 import answer, by_path, close_unanswered, head, in_turn, serve
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
    close_on_accept,
    cut_by_name,
    first_connections,
    mute,
    not_tls,
    reset_in_handshake,
    tls_alert,
    websocket,
)
from tests.faultlab.rows.making import (
    FINE,
    HARNESS,
    NETWORK,
    SERVER,
    Truth,
    below_tls,
    get,
    get2,
    row,
    site,
    site2,
    together,
    unreachable,
)
from tests.faultlab.world import Host

SHOP, BOOKS, RADIO, TAXI = (
    "m.flower-market.example",
    "catalog.book-barn.example",
    "api.radio-waves.example",
    "ride.yellow-cab.example",
)
OTHERS = (site(BOOKS), site(RADIO))
OTHERS_USED = together(get(BOOKS, "/b/1"), get(RADIO, "/now"))
CALL = get(SHOP, "/v2/cart", times=3)
CODES = h2.errors.ErrorCodes


def garbled_hello(wire: Wire) -> None:
    """A handshake record whose content is noise."""
    wire.receive()
    wire.send(bytes([22, 3, 3, 0, 40]) + bytes(range(40)))
    wire.wait(0.2)


def reset_in_head(wire: Wire, request: Request) -> bool:
    """RST inside the answer's head."""
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    wire.wait(0.1)
    wire.reset()
    return False


def reset_in_body(wire: Wire, request: Request) -> bool:
    """RST after a third of the body."""
    wire.send(
        head(200, {"Content-Type": "application/json", "Content-Length": "900"}) + b"[1,2" * 75
    )
    wire.wait(0.1)
    wire.reset()
    return False


def slow_head(wire: Wire, request: Request) -> bool:
    """One byte of the head every half second."""
    for byte in b"HTTP/1.1 200 OK\r\nServer: slow\r\nContent-Length: 2\r\n\r\nok":
        wire.send(bytes([byte]))
        wire.wait(0.5)
    return False


def not_http2(wire: Wire) -> None:
    """Agrees on h2 and answers in HTTP/1.1."""
    wire.receive()
    wire.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    wire.wait(0.2)


def drained(talk: Talk, stream: int) -> None:
    """GOAWAY without error and without having processed the call, again and again."""
    goaway2(CODES.NO_ERROR, b"graceful_shutdown")(talk, stream)


def ill(name: str, breaks: str, behaviour: Behaviour, *, beside: bool = True) -> Fault:
    """One host breaks before HTTP; two unrelated ones are fine beside it."""
    hosts = (below_tls(SHOP, behaviour), *(OTHERS if beside else ()))
    play = together(OTHERS_USED, CALL) if beside else CALL
    return row(name, SERVER, breaks, hosts, play)


def ill2(name: str, breaks: str, reply: Reply2) -> Fault:
    """One host breaks over HTTP/2."""
    return row(
        name,
        SERVER,
        breaks,
        (site2(SHOP, reply), *OTHERS),
        together(OTHERS_USED, get2(SHOP, "/v2/cart", times=3)),
    )


def framed(name: str, truth: Truth, breaks: str, *hosts: Host, play: Play = CALL) -> Fault:
    """Hosts as given, unrelated ones beside them."""
    return row(name, truth, breaks, (*hosts, *OTHERS), together(OTHERS_USED, play))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def four(name: str, breaks: str, behaviour: Behaviour) -> Fault:
    """Hosts of four owners meet the same fate."""
    names = (SHOP, BOOKS, RADIO, TAXI)
    return row(
        name,
        NETWORK,
        breaks,
        tuple(below_tls(host, behaviour) for host in names),
        together(*(get(host, "/", times=2, timeout=3.0) for host in names)),
    )


def on_port(port: int, host: str, path: str) -> Play:
    """Two calls on another port."""

    def play(route: client.Route, capture: object) -> None:
        for _ in range(2):
            session = client.Session(route, host, port=port)
            session.ask("GET", path)
            session.close()

    return play


ROWS = (
    ill("alert_unrecognized_name", "its TLS knows no such name (112)", tls_alert(112)),
    ill("alert_internal_error", "its TLS fails inside (80)", tls_alert(80)),
    unclear(ill("alert_handshake_failure", "no cipher in common with us (40)", tls_alert(40))),
    unclear(ill("alert_no_protocol", "no protocol in common (120)", tls_alert(120))),
    ill("garbled_server_hello", "noise instead of a ServerHello", garbled_hello),
    ill("plain_http_on_tls_port", "a plain HTTP server on the TLS port", not_tls),
    replace(
        ill(
            "name_filter_fin",
            "a filter ends one name's handshakes by FIN",
            cut_by_name(SHOP, close_in_handshake),
        ),
        party="network",
    ),
    replace(
        ill(
            "name_filter_silence",
            "a filter swallows one name's handshakes",
            cut_by_name(SHOP, mute),
        ),
        party="network",
    ),
    ill("handshake_reset_one", "its load balancer resets handshakes", reset_in_handshake),
    ill("closes_on_accept", "its process dies on each connection", close_on_accept),
    unclear(
        ill(
            "handshake_reset_alone",
            "resets handshakes, nothing else seen",
            reset_in_handshake,
            beside=False,
        )
    ),
    four("filter_fin_all", "a filter closes all handshakes", close_in_handshake),
    four("filter_plain_page_all", "a filter answers all TLS in clear", not_tls),
    four("filter_alert_all", "a filter answers all TLS with access_denied", tls_alert(49)),
    row(
        "blocklist_three_owners",
        NETWORK,
        "hosts of three owners are refused, a fourth is well",
        (
            unreachable(SHOP, "no_route"),
            unreachable(BOOKS, "no_route"),
            unreachable(RADIO, "no_route"),
            site(TAXI),
        ),
        together(get(TAXI, "/"), *(get(host, "/", times=2) for host in (SHOP, BOOKS, RADIO))),
    ),
    row(
        "all_names_dead_three",
        NETWORK,
        "the resolver knows none of three owners' names",
        tuple(unreachable(host, "dead_name") for host in (SHOP, BOOKS, TAXI)),
        together(*(get(host, "/", times=2) for host in (SHOP, BOOKS, TAXI))),
    ),
    framed(
        "dead_names_one_owner",
        SERVER,
        "both names of one owner are dead",
        unreachable(SHOP, "dead_name"),
        unreachable("img.flower-market.example", "dead_name"),
        play=together(CALL, get("img.flower-market.example", "/1.json", times=2)),
    ),
    framed(
        "refused_one_owner",
        SERVER,
        "two hosts of one owner refuse",
        unreachable(SHOP, "refused"),
        unreachable("img.flower-market.example", "refused"),
        play=together(CALL, get("img.flower-market.example", "/1.json", times=2)),
    ),
    framed(
        "expired_on_8443",
        SERVER,
        "expired certificate on another port",
        Host(SHOP, serve(answer()), TlsPlan("expired"), port=8443),
        play=on_port(8443, SHOP, "/v2/cart"),
    ),
    framed(
        "default_vhost_certificate",
        SERVER,
        "the hoster's default certificate",
        site(SHOP, cert="wrong_host"),
    ),
    framed(
        "self_signed_one",
        SERVER,
        "somebody forgot to install the certificate",
        site(SHOP, cert="self_signed"),
    ),
    unclear(
        replace(
            row(
                "own_authority_two_hosts",
                HARNESS,
                "we were not told of the company's authority",
                (site(SHOP), site(TAXI)),
                together(CALL, get(TAXI, "/", times=2)),
            ),
            knows_upstream_ca=False,
        )
    ),
    framed(
        "reset_in_head",
        SERVER,
        "RST inside the head",
        site(SHOP, reset_in_head, front=reset_in_head),
    ),
    framed(
        "reset_in_body_one_call",
        SERVER,
        "RST inside one call's body",
        site(SHOP, by_path({"/v2/cart": reset_in_body})),
    ),
    framed(
        "slow_head",
        SERVER,
        "a head that drips for longer than the app waits",
        site(SHOP, slow_head),
        play=get(SHOP, "/v2/cart", timeout=10.5),
    ),
    ill2(
        "goaway_too_many_pings",
        "GOAWAY ENHANCE_YOUR_CALM",
        goaway2(CODES.ENHANCE_YOUR_CALM, b"too_many_pings"),
    ),
    ill2(
        "goaway_inadequate_security",
        "GOAWAY INADEQUATE_SECURITY",
        goaway2(CODES.INADEQUATE_SECURITY),
    ),
    ill2("goaway_draining_forever", "GOAWAY NO_ERROR, nothing processed", drained),
    ill2("stream_refused_forever", "RST_STREAM REFUSED_STREAM", reset2(CODES.REFUSED_STREAM)),
    ill2("stream_flow_control", "RST_STREAM FLOW_CONTROL_ERROR", reset2(CODES.FLOW_CONTROL_ERROR)),
    framed(
        "http1_after_h2",
        SERVER,
        "agrees on h2, speaks HTTP/1.1",
        Host(SHOP, not_http2, TlsPlan(alpn=("h2",))),
        play=get2(SHOP, "/v2/cart", times=2),
    ),
    framed(
        "one_stream_reset_others_fine",
        SERVER,
        "one call of a connection is reset",
        site2(SHOP, by_path2({"/v2/cart": reset2(CODES.INTERNAL_ERROR)}, answer2())),
        play=together(get2(SHOP, "/v2/home", "/v2/cart"), get2(SHOP, "/v2/cart", times=2)),
    ),
    framed(
        "goaway_once_then_fine",
        FINE,
        "one GOAWAY, the retry is answered",
        Host(
            SHOP,
            first_connections(1, serve2(drained), serve2(answer2())),
            TlsPlan(alpn=("h2", "http/1.1")),
        ),
        play=together(get2(SHOP, "/v2/cart", times=3), get2(SHOP, "/v2/cart")),
    ),
    framed(
        "close_once_then_fine",
        FINE,
        "one close without an answer, then well",
        site(SHOP, in_turn(close_unanswered, answer())),
    ),
    framed(
        "websocket_error_again",
        SERVER,
        "the WebSocket is closed with an error of the server",
        site(SHOP, websocket("error")),
        play=lambda route, _: client.upgrade(route, SHOP),
    ),
    framed(
        "silent_whole_host",
        SERVER,
        "TLS comes up, no call and no HEAD is answered",
        site(
            SHOP, lambda wire, _: bool(wire.wait(9.0)), front=lambda wire, _: bool(wire.wait(9.0))
        ),
        play=get(SHOP, "/v2/cart", times=2, timeout=4.0),
    ),
)
