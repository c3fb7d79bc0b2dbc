"""Apps that refuse the proxy's certificate: our doing, a phone's clock, or no harm at all."""

from __future__ import annotations

import time
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.client_refusing import (
    ACCESS_DENIED,
    BAD_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNKNOWN,
    CLOSE_NOTIFY,
    INTERNAL_ERROR,
    UNKNOWN_CA,
    alerting,
    alerting_after_handshake,
    leaving_after_handshake,
    untrusting,
)
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import answer
from tests.faultlab.origin_raw import mute, reset_in_handshake
from tests.faultlab.rows.making import (
    API,
    AUTH,
    DEVICE,
    FINE,
    HARNESS,
    MEDIA,
    NETWORK,
    NEWS,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    Truth,
    below_tls,
    get,
    row,
    site,
    together,
    unreachable,
)
from tests.faultlab.world import Host

ALL = (API, AUTH, MEDIA, NEWS)
ALL_FINE = tuple(site(host) for host in ALL)


def refusing(
    *hosts: str, alert: int | None = None, times: int = 2, abrupt: bool = False, old: bool = False
) -> Play:
    """The hosts' certificates are refused with `alert`, or without a word."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            for host in hosts:
                alerting(route, host, alert, abrupt=abrupt, old=old)
                time.sleep(0.2)

    return play


def not_trusting(*hosts: str, times: int = 2) -> Play:
    """The hosts' certificates do not verify against the app's store."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(times):
            for host in hosts:
                untrusting(route, host)
                time.sleep(0.2)

    return play


def pinned_late(ending: str) -> Play:
    """Three handshakes, each closed after the pins were compared."""

    def play(route: client.Route, capture: Capture) -> None:
        for _ in range(3):
            leaving_after_handshake(route, API, ending)
            time.sleep(0.4)

    return play


def alert_late(route: client.Route, capture: Capture) -> None:
    """Two handshakes, each followed by an alert."""
    for _ in range(2):
        alerting_after_handshake(route, API)
        time.sleep(0.3)


def pinned(name: str, breaks: str, play: Play) -> Fault:
    """One host refuses our certificate, two others are read without trouble."""
    fault = row(name, HARNESS, breaks, (site(), *OTHERS_FINE), together(USE_OTHERS, play))
    return replace(fault, visibility="opaque")


def opaque(name: str, truth: Truth, breaks: str, hosts: tuple[Host, ...], play: Play) -> Fault:
    """Nothing of the app's calls can be read."""
    return replace(row(name, truth, breaks, hosts, play), visibility="opaque")


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


ROWS = (
    opaque(
        "no_trust_anywhere",
        HARNESS,
        "our authority is not in the phone's store",
        ALL_FINE,
        not_trusting(*ALL),
    ),
    opaque(
        "no_trust_one_try",
        HARNESS,
        "our authority is not in the phone's store, one try each",
        ALL_FINE,
        not_trusting(*ALL, times=1),
    ),
    pinned("pinned_unknown_ca", "alert unknown_ca", refusing(API, alert=UNKNOWN_CA)),
    pinned(
        "pinned_unknown_ca_12",
        "alert unknown_ca, TLS 1.2",
        refusing(API, alert=UNKNOWN_CA, old=True),
    ),
    pinned(
        "pinned_certificate_unknown",
        "alert certificate_unknown",
        refusing(API, alert=CERTIFICATE_UNKNOWN),
    ),
    pinned("pinned_bad_certificate", "alert bad_certificate", refusing(API, alert=BAD_CERTIFICATE)),
    pinned("pinned_access_denied", "alert access_denied", refusing(API, alert=ACCESS_DENIED)),
    pinned("pinned_internal_error", "alert internal_error", refusing(API, alert=INTERNAL_ERROR)),
    pinned("pinned_close_notify", "alert close_notify", refusing(API, alert=CLOSE_NOTIFY, times=3)),
    pinned("pinned_silent_fin", "FIN in the handshake, at once", refusing(API, times=3)),
    pinned(
        "pinned_silent_rst", "RST in the handshake, at once", refusing(API, times=3, abrupt=True)
    ),
    pinned("pinned_alert_after_handshake", "certificate_unknown after the handshake", alert_late),
    unclear(pinned("pinned_after_handshake_fin", "FIN after the handshake", pinned_late("fin"))),
    unclear(pinned("pinned_after_handshake_rst", "RST after the handshake", pinned_late("rst"))),
    unclear(
        pinned(
            "pinned_after_handshake_notify",
            "close_notify after the handshake",
            pinned_late("notify"),
        )
    ),
    opaque(
        "clock_ahead",
        DEVICE,
        "the phone's clock is years ahead: certificate_expired everywhere",
        ALL_FINE,
        refusing(*ALL, alert=CERTIFICATE_EXPIRED),
    ),
    unclear(
        opaque(
            "clock_behind",
            DEVICE,
            "the phone's clock is years behind: bad_certificate everywhere",
            ALL_FINE,
            refusing(*ALL, alert=BAD_CERTIFICATE),
        )
    ),
    opaque(
        "opaque_refused",
        SERVER,
        "a pinned host refuses connections",
        (unreachable(API, "refused"), *OTHERS_FINE),
        together(USE_OTHERS, not_trusting(API)),
    ),
    opaque(
        "opaque_expired",
        SERVER,
        "a pinned host's own certificate is expired",
        (site(API, cert="expired"), *OTHERS_FINE),
        together(USE_OTHERS, not_trusting(API)),
    ),
    opaque(
        "opaque_reset",
        SERVER,
        "a pinned host resets handshakes",
        (below_tls(API, reset_in_handshake), *OTHERS_FINE),
        together(USE_OTHERS, not_trusting(API)),
    ),
    opaque(
        "opaque_dead_name",
        SERVER,
        "a pinned host's name is dead",
        (unreachable(API, "dead_name"), *OTHERS_FINE),
        together(USE_OTHERS, not_trusting(API)),
    ),
    opaque(
        "opaque_no_route_all",
        NETWORK,
        "no route to anybody, the app trusts nobody",
        tuple(unreachable(host, "no_route") for host in ALL),
        not_trusting(*ALL),
    ),
    opaque(
        "opaque_portal_all",
        NETWORK,
        "a portal everywhere, the app trusts nobody",
        tuple(site(host, cert="portal") for host in ALL),
        not_trusting(*ALL),
    ),
    # The app meets our certificate and never the 503: line for line a pinned host that is well.
    opaque(
        "opaque_503",
        HARNESS,
        "a pinned host answers 503 to whoever could ask, and nobody can",
        (site(API, answer(503)), *OTHERS_FINE),
        together(USE_OTHERS, not_trusting(API)),
    ),
    unclear(
        opaque(
            "opaque_503_door",
            SERVER,
            "a pinned host answers 503 even to a passer-by",
            (site(API, answer(503), front=answer(503, "")), *OTHERS_FINE),
            together(USE_OTHERS, not_trusting(API)),
        )
    ),
    unclear(
        opaque(
            "opaque_hang",
            SERVER,
            "a pinned host is mute",
            (below_tls(API, mute), *OTHERS_FINE),
            together(USE_OTHERS, lambda route, _: client.get(route, API, timeout=3.0)),
        )
    ),
    unclear(
        opaque(
            "opaque_then_passed",
            FINE,
            "a pinned host, tried until it may be passed through",
            (site(), *OTHERS_FINE),
            together(USE_OTHERS, not_trusting(API, times=5), get(timeout=3.0)),
        )
    ),
    replace(
        opaque(
            "pinned_telemetry_only",
            FINE,
            "a host that nobody waits for refuses, all else is read",
            (
                site("log19-normal-useast1a.tiktokv.com"),
                site("api16-normal-c-useast1a.tiktokv.com"),
            ),
            together(
                get("api16-normal-c-useast1a.tiktokv.com", "/service/settings/v3/"),
                not_trusting("log19-normal-useast1a.tiktokv.com"),
                get("api16-normal-c-useast1a.tiktokv.com", "/service/settings/v3/"),
            ),
        ),
        profile="tiktok",
    ),
)
