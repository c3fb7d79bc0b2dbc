"""Sixth draw: names, routes, handshakes and what stands between."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.certificates import TlsPlan
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import Reply, answer, by_path, reset_unanswered, serve
from tests.faultlab.origin_http1_odd import alternating, broken_record, stalls
from tests.faultlab.origin_raw import cut_by_name, mute, reset_in_handshake, tls_alert
from tests.faultlab.rows.making import (
    FINE,
    HARNESS,
    NETWORK,
    SERVER,
    Truth,
    below_tls,
    get,
    row,
    site,
    together,
    unreachable,
)
from tests.faultlab.world import Host

MOON, COMET, COMET_CDN, BREAD, SAUNA, CHAT = (
    "api.moon-phases.example",
    "api.comet-post.example",
    "static.comet-post.example",
    "eu.sour-dough.example",
    "book.lake-sauna.example",
    "gw.paper-chat.example",
)
OWNERS = (MOON, COMET, BREAD, SAUNA)
"""Hosts of four owners."""


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def all_of(*hosts: str, times: int = 1, timeout: float = 8.0) -> Play:
    """One after the other."""
    return together(*(get(host, "/v1/today", times=times, timeout=timeout) for host in hosts))


def side_by_side(*plays: Play) -> Play:
    """All at the same time."""

    def play(route: client.Route, capture: Capture) -> None:
        threads = [threading.Thread(target=one, args=(route, capture)) for one in plays]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30.0)

    return play


def one(
    name: str, truth: Truth, breaks: str, host: Host, *more: Host, play: Play | None = None
) -> Fault:
    """The host at MOON is ill; two other owners' hosts are well."""
    fine = (site(BREAD), site(SAUNA))
    call = play or get(MOON, "/v1/today", times=3)
    return row(name, truth, breaks, (host, *more, *fine), together(all_of(BREAD, SAUNA), call))


def every(name: str, truth: Truth, breaks: str, *hosts: Host, play: Play | None = None) -> Fault:
    """All of these hosts are tried."""
    return row(name, truth, breaks, hosts, play or all_of(*(host.name for host in hosts), times=2))


def asks_until_answered(route: client.Route, capture: Capture) -> None:
    """Every 1.5 s, for 20 s at most; then the next call."""
    for _ in range(13):
        if client.get(route, MOON, "/v1/today").status == 200:
            break
        time.sleep(1.5)
    client.get(route, MOON, "/v1/tomorrow")


def lossy(name: str) -> Host:
    """Every second call is reset."""
    return site(
        name, alternating(answer(), reset_unanswered), front=alternating(reset_unanswered, answer())
    )


def asks_all(times: int) -> Play:
    """Every owner in turn, whatever comes."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            for host in OWNERS:
                client.get(route, host, "/v1/today", 4.0)

    return play


def big_answers_stall(name: str) -> Host:
    """Small answers pass; of larger ones the first packet comes and no more."""
    large: Reply = stalls(b'{"rows": [' + b" " * 1300, 48_000)
    return site(name, by_path({"/v1/ping": answer(200, "pong"), "/v1/today": large}))


def small_then_large(host: str) -> Play:
    """A small call, then a large one for 11 s."""
    return together(get(host, "/v1/ping"), get(host, "/v1/today", timeout=11.0))


ROWS = (
    one(
        "f6_down_after_a_call",
        SERVER,
        "the service goes down after one call: connections are refused from then on",
        replace(site(MOON), serves=1),
        play=together(get(MOON, "/v1/today"), get(MOON, "/v1/tides", times=3)),
    ),
    one(
        "f6_up_after_a_restart_fine",
        FINE,
        "refused while the service starts; the app asks until it is answered",
        replace(site(MOON), opens_after=12.0),
        play=asks_until_answered,
    ),
    unclear(
        one(
            "f6_second_home_answers_fine",
            FINE,
            "a dead name; another domain of the same service answers the same call",
            unreachable(MOON, "dead_name"),
            site(COMET),
            play=together(get(MOON, "/v1/today", times=2), get(COMET, "/v1/today")),
        )
    ),
    every(
        "f6_two_owners_other_certificates",
        NETWORK,
        "something signs two owners' hosts anew and leaves two others alone",
        site(MOON, cert="portal"),
        site(COMET, cert="portal"),
        site(BREAD),
        site(SAUNA),
    ),
    every(
        "f6_free_chat_in_the_plane",
        NETWORK,
        "a plane's network: chat is free, every other host is the portal",
        *(site(host, cert="portal") for host in OWNERS),
        site(CHAT),
    ),
    every(
        "f6_bank_left_out_of_inspection",
        NETWORK,
        "a company signs every host anew but for one on its list",
        *(site(host, cert="inspection") for host in OWNERS[:3]),
        site(SAUNA),
    ),
    every(
        "f6_resolver_hides_two_owners",
        NETWORK,
        "a family filter: 0.0.0.0 for two owners of four",
        unreachable(MOON, "sinkhole"),
        unreachable(BREAD, "sinkhole"),
        site(COMET),
        site(SAUNA),
    ),
    every(
        "f6_large_answers_stall_everywhere",
        NETWORK,
        "large packets are lost on the way: small answers pass, larger ones stall at three owners",
        *(big_answers_stall(host) for host in OWNERS[:3]),
        play=side_by_side(*(small_then_large(host) for host in OWNERS[:3])),
    ),
    one(
        "f6_large_answers_stall_at_one",
        SERVER,
        "one service stops in the middle of its larger answers, others' large answers pass",
        big_answers_stall(MOON),
        site(COMET_CDN, answer(200, b"i" * 90_000, "image/png")),
        play=together(get(COMET_CDN, "/map.png"), side_by_side(*[small_then_large(MOON)] * 2)),
    ),
    every(
        "f6_every_second_call_lost",
        NETWORK,
        "a bad line: every second call is reset, at four owners alike",
        *(lossy(host) for host in OWNERS),
        play=asks_all(4),
    ),
    every(
        "f6_clock_of_this_machine_behind",
        HARNESS,
        "this machine's clock is behind: certificates of four owners are not valid yet",
        *(site(host, cert="not_yet") for host in OWNERS),
    ),
    one(
        "f6_one_certificate_from_tomorrow",
        SERVER,
        "one owner's new certificate is not valid yet",
        site(MOON, cert="not_yet"),
    ),
    one(
        "f6_name_not_served_there",
        SERVER,
        "alert unrecognized_name to each handshake",
        below_tls(MOON, tls_alert(112)),
    ),
    one(
        "f6_decode_error",
        SERVER,
        "alert decode_error to each ClientHello",
        below_tls(MOON, tls_alert(50)),
    ),
    one(
        "f6_handshake_after_5s_fine",
        FINE,
        "5 s until the handshake begins, then all is well",
        Host(MOON, serve(answer()), TlsPlan(after=5.0)),
        play=get(MOON, "/v1/today", timeout=12.0),
    ),
    unclear(
        one(
            "f6_record_that_nobody_can_open",
            NETWORK,
            "something turns bits over in one host's records: the host could do it as well",
            site(MOON, broken_record),
        )
    ),
    one(
        "f6_both_hosts_of_one_owner_mute",
        SERVER,
        "two hosts of one owner take connections and never say a word",
        below_tls(COMET, mute),
        below_tls(COMET_CDN, mute),
        play=side_by_side(
            get(COMET, "/v1/today", timeout=11.0), get(COMET_CDN, "/map.png", timeout=11.0)
        ),
    ),
    one(
        "f6_filter_swallows_one_name",
        NETWORK,
        "handshakes that name the host stay unanswered, the same address answers others",
        below_tls(MOON, cut_by_name(MOON, mute)),
        play=get(MOON, "/v1/today", times=2, timeout=6.0),
    ),
    every(
        "f6_three_owners_reset_one_well",
        NETWORK,
        "handshakes with hosts of three owners are reset, those with a fourth pass",
        *(below_tls(host, cut_by_name(host, reset_in_handshake)) for host in OWNERS[:3]),
        site(SAUNA),
    ),
    unclear(
        replace(
            row(
                "f6_only_host_no_route_nobody_looked",
                NETWORK,
                "no route to the only host, and nobody looked past the proxy",
                (unreachable(MOON, "no_route"),),
                get(MOON, "/v1/today", times=2),
            ),
            probe=False,
        )
    ),
    unclear(
        replace(
            row(
                "f6_only_host_reset_nobody_looked",
                SERVER,
                "the only host resets handshakes, and nobody looked past the proxy",
                (below_tls(MOON, reset_in_handshake),),
                get(MOON, "/v1/today", times=3),
            ),
            probe=False,
        )
    ),
    one(
        "f6_old_suite_fine",
        FINE,
        "the service has no suite with forward secrecy; nobody minds",
        Host(MOON, serve(answer()), TlsPlan(ciphers="AES128-SHA")),
    ),
    one(
        "f6_503_beside_a_dead_name",
        SERVER,
        "one owner in trouble: its API answers 503, the name of its pictures is dead",
        site(COMET, answer(503, "", "text/plain"), front=answer(503, "")),
        unreachable(COMET_CDN, "dead_name"),
        play=together(get(COMET, "/v1/today", times=3), get(COMET_CDN, "/map.png", times=2)),
    ),
)
