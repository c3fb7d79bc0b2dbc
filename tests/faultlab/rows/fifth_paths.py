"""Fifth draw: the way between, and hosts whose traffic nobody can read."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.client_refusing import CERTIFICATE_EXPIRED, UNKNOWN_CA, alerting
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin import Behaviour, Request, Wire
from tests.faultlab.origin_http1 import Reply, answer, drip, head, redirect, serve
from tests.faultlab.origin_raw import mute, reset_in_handshake
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
from tests.faultlab.rows.trust import not_trusting, refusing
from tests.faultlab.world import Host

VIOLIN, MARKET, TRAM, STOVE, WELL = (
    "api.violin-makers.example",
    "m.fish-market.example",
    "gtfs.tram-line.example",
    "iot.warm-stove.example",
    "db.deep-well.example",
)
ALL = (VIOLIN, MARKET, TRAM, STOVE)
BILL = "<html><body><h1>Data allowance used up</h1><a href='/topup'>Top up now</a></body></html>"
REVOKED, DECRYPT_ERROR, UNSUPPORTED = 44, 51, 43  # RFC 8446, 6.2


def tries(*hosts: str, times: int = 2, timeout: float = 4.0) -> Play:
    """Each host so often."""
    return together(*[get(host, "/x", times=times, timeout=timeout) for host in hosts])


def everywhere(name: str, breaks: str, behaviour: Behaviour, *, probe: bool = True) -> Fault:
    """Four owners' hosts, all the same below TLS."""
    hosts = tuple(below_tls(host, behaviour) for host in ALL)
    return replace(row(name, NETWORK, breaks, hosts, tries(*ALL)), probe=probe)


def hidden(name: str, truth: Truth, breaks: str, host: Host, play: Play, *rest: Host) -> Fault:
    """The app refuses us at one host; three others are read, or what `rest` says."""
    others = rest or tuple(site(one) for one in (MARKET, TRAM, STOVE))
    use = tries(*(one.name for one in others), times=1) if not rest else together()
    return replace(
        row(name, truth, breaks, (host, *others), together(use, play)), visibility="opaque"
    )


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def plain(*hosts: str, times: int = 2) -> Play:
    """Plain HTTP, as old apps still speak it."""

    def play(route: client.Route, capture: Capture) -> None:
        for host in hosts:
            for _ in range(times):
                client.call_plain(route, host, "/api/state")

    return play


def plain_site(name: str, reply: Reply) -> Host:
    """Port 80 without TLS."""
    return Host(name, serve(reply, front=reply), reach="bare", port=80)


def cut_after_4k(wire: Wire, request: Request) -> bool:
    """RST when 4 kB have passed, as a middlebox with a broken buffer does it."""
    fields = {"Content-Type": "application/json", "Content-Length": "30000"}
    wire.send(head(200, fields) + b" " * 4096)
    wire.wait(0.1)
    wire.reset()
    return False


class Darkness:
    """A path that works until `fall`: then every answer stays away and no TLS comes up."""

    def __init__(self) -> None:
        self._fallen = threading.Event()

    def fall(self, route: client.Route, capture: Capture) -> None:
        """From now on nothing passes."""
        self._fallen.set()

    def reply(self, wire: Wire, request: Request) -> bool:
        """Answers while there is light."""
        if self._fallen.is_set() or request.path.startswith("/long"):
            wire.wait(0.6)
        if self._fallen.is_set():
            wire.wait_for_close()
            return False
        return answer()(wire, request)

    def host(self, name: str) -> Host:
        """A host at the end of that path."""
        return Host(name, serve(self.reply, front=self.reply))

    def play(self, *hosts: str) -> Play:
        """All is well at first; then three calls wait while it falls, and all tries after it."""

        def played(route: client.Route, capture: Capture) -> None:
            tries(*hosts, times=1)(route, capture)
            waiting = [
                threading.Thread(target=client.get, args=(route, host, "/long", 5.0))
                for host in hosts
            ]
            for one in waiting:
                one.start()
            time.sleep(0.2)
            self.fall(route, capture)
            for one in waiting:
                one.join(8.0)
            tries(*hosts, times=1, timeout=5.0)(route, capture)

        return played


FALLING = Darkness()


def at_first_refused(route: client.Route, capture: Capture) -> None:
    """One stack of the app refuses us, its other stack does not, and is answered."""
    alerting(route, VIOLIN, UNKNOWN_CA)
    time.sleep(0.2)
    for path in ("/strings", "/bows", "/strings"):
        client.get(route, VIOLIN, path)


def pinned(name: str, number: int, what: str) -> Fault:
    """One host refuses our certificate by this alert."""
    return hidden(
        name, HARNESS, f"alert {what} at one host", site(VIOLIN), refusing(VIOLIN, alert=number)
    )


ROWS = (
    row(
        "f5_sinkhole_address",
        NETWORK,
        "a filtering resolver gives 0.0.0.0 for one owner's names; the others are reached",
        (
            Host(VIOLIN, reach="sinkhole"),
            Host("img.violin-makers.example", reach="sinkhole"),
            site(MARKET),
            site(TRAM),
        ),
        together(tries(MARKET, TRAM, times=1), tries(VIOLIN, "img.violin-makers.example")),
    ),
    row(
        "f5_path_falls_dark",
        NETWORK,
        "all was well, then nothing passes any more, calls under way included",
        tuple(FALLING.host(host) for host in (VIOLIN, MARKET, TRAM)),
        FALLING.play(VIOLIN, MARKET, TRAM),
    ),
    row(
        "f5_cut_after_4k_everywhere",
        NETWORK,
        "four owners' answers are all reset after 4 kB",
        tuple(site(host, cut_after_4k) for host in ALL),
        tries(*ALL),
    ),
    row(
        "f5_trickle_everywhere",
        NETWORK,
        "four owners' answers come at 60 bytes a second; the app leaves after 6 s",
        tuple(site(host, drip(60_000, 60.0)) for host in ALL),
        tries(*ALL, times=1, timeout=6.0),
    ),
    row(
        "f5_portal_but_one_allowed",
        NETWORK,
        "a portal in front of three owners; a fourth is on its free list",
        (*(site(host, cert="portal") for host in ALL[:3]), site(STOVE)),
        together(tries(STOVE, times=1), tries(*ALL[:3])),
    ),
    row(
        "f5_allowance_used_up",
        NETWORK,
        "the carrier sends plain calls of three owners to its shop, TLS is reset",
        (
            plain_site(TRAM, redirect("http://topup.big-carrier.example/", 302)),
            plain_site(STOVE, redirect("http://topup.big-carrier.example/", 302)),
            plain_site("topup.big-carrier.example", answer(200, BILL, "text/html")),
            below_tls(VIOLIN, reset_in_handshake),
            below_tls(MARKET, reset_in_handshake),
        ),
        together(
            plain(TRAM, STOVE),
            plain("topup.big-carrier.example", times=1),
            tries(VIOLIN, MARKET),
        ),
    ),
    row(
        "f5_page_injected_in_plain",
        NETWORK,
        "one page of the carrier in place of two owners' data, over plain HTTP",
        (
            plain_site(TRAM, answer(200, BILL, "text/html", server="carrier-gw")),
            plain_site(STOVE, answer(200, BILL, "text/html", server="carrier-gw")),
            site(VIOLIN),
        ),
        together(tries(VIOLIN, times=1), plain(TRAM, STOVE)),
    ),
    replace(
        row(
            "f5_names_dead_five_owners_unprobed",
            NETWORK,
            "five owners' names are dead at once; nobody looked past the proxy",
            tuple(unreachable(host, "dead_name") for host in (*ALL, WELL)),
            tries(*ALL, WELL),
        ),
        probe=False,
    ),
    everywhere(
        "f5_reset_everywhere_unprobed",
        "each ClientHello is reset, no control was made",
        reset_in_handshake,
        probe=False,
    ),
    row(
        "f5_no_route_then_dead_names",
        NETWORK,
        "an uplink goes: no route at two owners, dead names at a third",
        (
            unreachable(VIOLIN, "no_route"),
            unreachable(MARKET, "no_route"),
            unreachable(TRAM, "dead_name"),
        ),
        tries(VIOLIN, MARKET, TRAM),
    ),
    unclear(
        row(
            "f5_inspected_one_host",
            NETWORK,
            "a company's gateway inspects one host of three; it could be the host's own mistake",
            (site(VIOLIN, cert="inspection"), site(MARKET), site(TRAM)),
            together(tries(MARKET, TRAM, times=1), tries(VIOLIN)),
        )
    ),
    unclear(
        row(
            "f5_firewall_refuses_one",
            NETWORK,
            "a firewall answers one host's port with RST, as a closed port would",
            (unreachable(VIOLIN, "refused"),),
            tries(VIOLIN),
        )
    ),
    pinned("f5_alert_unsupported", UNSUPPORTED, "unsupported_certificate"),
    pinned("f5_alert_decrypt_error", DECRYPT_ERROR, "decrypt_error"),
    pinned("f5_alert_revoked", REVOKED, "certificate_revoked"),
    hidden(
        "f5_opaque_issuer_ran_out",
        SERVER,
        "an unreadable host's intermediate ran out",
        site(VIOLIN, cert="expired_intermediate"),
        not_trusting(VIOLIN, times=3),
    ),
    unclear(
        hidden(
            "f5_opaque_mail_server",
            SERVER,
            "an unreadable host's port is another service's",
            below_tls(VIOLIN, lambda wire: wire.send(b"220 mx ESMTP\r\n")),
            not_trusting(VIOLIN, times=3),
        )
    ),
    hidden(
        "f5_opaque_refused_everywhere",
        NETWORK,
        "four owners refuse connections at once",
        unreachable(VIOLIN, "refused"),
        not_trusting(*ALL),
        *(unreachable(host, "refused") for host in ALL[1:]),
    ),
    hidden(
        "f5_opaque_mute_everywhere",
        NETWORK,
        "no ClientHello is answered at four owners",
        below_tls(VIOLIN, mute),
        together(*[get(host, timeout=3.0) for host in ALL]),
        *(below_tls(host, mute) for host in ALL[1:]),
    ),
    unclear(
        hidden(
            "f5_opaque_expired_here_only",
            HARNESS,
            "certificate_expired from one host's stack: a pin, or a store of its own",
            site(VIOLIN),
            refusing(VIOLIN, alert=CERTIFICATE_EXPIRED),
        )
    ),
    hidden(
        "f5_opaque_second_stack_fine",
        FINE,
        "refused once, then read by another stack of the app",
        site(VIOLIN),
        at_first_refused,
    ),
)
