"""The way between: resolver, route, filter, portal, inspection."""

from __future__ import annotations

from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import answer, redirect, serve
from tests.faultlab.origin_raw import (
    cut_by_name,
    first_connections,
    mute,
    reset_in_handshake,
    reset_on_accept,
)
from tests.faultlab.rows.making import (
    API,
    AUTH,
    FINE,
    HARNESS,
    MEDIA,
    NETWORK,
    NEWS,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    below_tls,
    get,
    row,
    site,
    together,
    unreachable,
)
from tests.faultlab.world import Host

UNRELATED = (API, AUTH, MEDIA, NEWS)


def try_all(times: int = 1, timeout: float = 8.0) -> Play:
    """Each of four unrelated hosts is tried."""
    return together(*(get(host, times=times, timeout=timeout) for host in UNRELATED))


def everywhere(name: str, breaks: str, reach: str, timeout: float = 8.0) -> Fault:
    """The same fate for hosts of four owners."""
    hosts = tuple(unreachable(host, reach) for host in UNRELATED)
    return row(name, NETWORK, breaks, hosts, try_all(timeout=timeout))


def check_connectivity(route: client.Route, capture: Capture) -> None:
    """What Android asks to find a portal."""
    session = client.Session(route, "connectivitycheck.gstatic.com", plain=True)
    session.ask("GET", "/generate_204")
    session.close()


PORTAL = Host(
    "connectivitycheck.gstatic.com",
    serve(redirect("http://login.guest-network.example/welcome")),
    reach="bare",
    port=80,
)

ROWS = (
    everywhere("dead_names_all", "the resolver knows no name", "dead_name"),
    everywhere("no_route_all", "no route to anybody", "no_route"),
    everywhere("refused_all", "a filter refuses all ports", "refused"),
    everywhere("syn_dropped_all", "a filter drops all SYNs", "syn_dropped", 2.5),
    replace(everywhere("no_route_all_no_probe", "no route to anybody", "no_route"), probe=False),
    row(
        "no_route_one",
        NETWORK,
        "no route to one of three hosts",
        (unreachable(API, "no_route"), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    row(
        "no_route_alone",
        NETWORK,
        "no route to the only host",
        (unreachable(API, "no_route"),),
        get(times=2),
    ),
    row(
        "dead_name_one",
        SERVER,
        "one name of three is dead",
        (unreachable(API, "dead_name"), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    replace(
        row(
            "dead_name_alone",
            SERVER,
            "the only name is dead",
            (unreachable(API, "dead_name"),),
            get(times=2),
        ),
        separable=False,
    ),
    row(
        "reset_all",
        NETWORK,
        "a filter resets every handshake",
        tuple(below_tls(host, reset_in_handshake) for host in UNRELATED),
        try_all(times=2),
    ),
    row(
        "silence_all",
        NETWORK,
        "the path goes dark after TCP",
        tuple(below_tls(host, mute) for host in UNRELATED),
        try_all(timeout=2.5),
    ),
    row(
        "filter_by_name",
        NETWORK,
        "a middlebox resets one name's handshakes",
        (below_tls(API, cut_by_name(API, reset_in_handshake)), *OTHERS_FINE),
        together(USE_OTHERS, get(times=2)),
    ),
    row(
        "portal_all",
        NETWORK,
        "a portal answers every host with its own certificate",
        tuple(site(host, cert="portal") for host in UNRELATED),
        try_all(),
    ),
    replace(
        row(
            "portal_all_no_probe",
            NETWORK,
            "a portal answers every host with its own certificate",
            tuple(site(host, cert="portal") for host in UNRELATED),
            try_all(),
        ),
        probe=False,
        separable=False,
    ),
    row(
        "portal_redirects_check",
        NETWORK,
        "a portal redirects Android's check and all else",
        (PORTAL, *(site(host, cert="portal") for host in UNRELATED)),
        together(check_connectivity, try_all()),
    ),
    row(
        "inspection_all",
        NETWORK,
        "a gateway signs every host anew",
        tuple(site(host, cert="inspection") for host in UNRELATED),
        try_all(),
    ),
    # The same trace with another culprit: whoever decides here has not looked at himself.
    replace(
        row(
            "our_store_lacks_the_authority",
            HARNESS,
            "we were not told of the private authority",
            tuple(site(host) for host in UNRELATED),
            try_all(),
        ),
        knows_upstream_ca=False,
        separable=False,
    ),
    row(
        "lost_then_back",
        FINE,
        "one host's first connection is reset, the app's retry is answered",
        (Host(API, first_connections(1, reset_on_accept, serve(answer()))), site(NEWS)),
        together(get(NEWS), get(times=3), get(NEWS, "/more")),
    ),
)
