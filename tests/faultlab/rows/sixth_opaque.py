"""Sixth draw: apps that take no certificate of ours, and what may be said of them all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from tests.faultlab.client_refusing import BAD_CERTIFICATE, CERTIFICATE_EXPIRED, UNKNOWN_CA
from tests.faultlab.fault import Fault
from tests.faultlab.phone import Seen
from tests.faultlab.rows.making import (
    FINE,
    HARNESS,
    NETWORK,
    SERVER,
    Truth,
    get,
    site,
    together,
    unreachable,
)
from tests.faultlab.rows.sixth_own import ALL, ATLAS, KIOSK, RADIO, REST, USE_REST
from tests.faultlab.rows.sixth_phone import START_SHUT, control, unclear
from tests.faultlab.rows.telling import (
    LIST_SEEN,
    NO_INTERNET,
    OPENED,
    PROFILE_SEEN,
    SHUT,
    failing,
    followers_tale,
    log_in_tale,
    refuses,
    submitted,
    told,
)
from tests.faultlab.rows.tiktok import TELEMETRY, TIKTOK
from tests.faultlab.rows.trust import not_trusting, opaque, refusing
from tests.faultlab.world import Host

REFUSED = CaptureVisibility("refused", "user", "the phone's shell does not take our certificate")
NO_ANCHOR = (
    "W System.err: CertPathValidatorException: Trust anchor for certification path not found.",
)
PIN_LOG = ("E TTNet: Certificate pinning failure for host, peer chain does not match",)
NOT_IN = "not logged in; the app says: No internet connection"


def hidden(name: str, truth: Truth, breaks: str, tale: Any, *hosts: Host) -> Fault:
    """Told, and nothing of the app's calls can be read."""
    return replace(told(name, truth, breaks, tale, *hosts), visibility="opaque")


def pass_through(result: str, statement: str) -> Seen:
    """The app was started with our hands off."""
    return control("pass_through", result, statement, target=TIKTOK, stages={"trial": result})


ROWS = (
    hidden(
        "f6_op_not_in_the_store",
        HARNESS,
        "the phone's store has our authority for its user alone; the log says why the app fails",
        followers_tale(
            failing(replace(SHUT, play=refuses(TIKTOK, TELEMETRY)), START_SHUT, log=NO_ANCHOR),
            visibility=REFUSED,
        ),
    ),
    hidden(
        "f6_op_pinned_log_in_host",
        HARNESS,
        "the app pins its API host and says so in the log; telemetry is read",
        log_in_tale(
            submitted(
                NOT_IN, play=refusing(TIKTOK, alert=46), messages=(NO_INTERNET,), log=PIN_LOG
            ),
            first=replace(OPENED, play=get(TELEMETRY, "/service/2/app_log/")),
        ),
    ),
    hidden(
        "f6_op_works_with_our_hands_off",
        HARNESS,
        "the app refuses our certificate; passed through it is well",
        followers_tale(
            failing(
                replace(SHUT, play=refusing(TIKTOK, alert=80)),
                START_SHUT,
                seen=(
                    pass_through(
                        "ok",
                        f"Passed through untouched, the app gets along with {TIKTOK}: "
                        "our proxy was in its way.",
                    ),
                ),
            )
        ),
    ),
    unclear(
        hidden(
            "f6_op_fails_with_our_hands_off_too",
            SERVER,
            "passed through the app gets nothing either: what it is told there nobody sees",
            followers_tale(
                failing(
                    replace(SHUT, play=refusing(TIKTOK, alert=46)),
                    START_SHUT,
                    seen=(
                        pass_through(
                            "failed",
                            f"Passed through untouched, the app got nothing from {TIKTOK} either.",
                        ),
                    ),
                )
            ),
        )
    ),
    opaque(
        "f6_op_pinned_host_swallows",
        SERVER,
        "a pinned host takes no connection any more, others are read without trouble",
        (unreachable(ATLAS, "syn_dropped"), *REST),
        together(USE_REST, get(ATLAS, "/v1/route", times=2, timeout=11.0)),
    ),
    opaque(
        "f6_op_pinned_host_self_signed",
        SERVER,
        "a pinned host shows a certificate of its own making, to us as well",
        (site(ATLAS, cert="self_signed"), *REST),
        together(USE_REST, not_trusting(ATLAS, times=3)),
    ),
    opaque(
        "f6_op_inspected_everywhere",
        NETWORK,
        "a company signs all hosts anew; the app takes neither its authority nor ours",
        tuple(site(host, cert="inspection") for host in ALL),
        not_trusting(*ALL),
    ),
    opaque(
        "f6_op_unknown_ca_at_all_three",
        HARNESS,
        "nobody put our authority into the store: unknown_ca at three owners, hosts are well",
        (site(ATLAS), *REST),
        refusing(ATLAS, KIOSK, RADIO, alert=UNKNOWN_CA, times=3),
    ),
    unclear(
        opaque(
            "f6_op_bad_certificate_at_all",
            HARNESS,
            "bad_certificate at four owners: a store without us, or a phone's clock",
            tuple(site(host) for host in ALL),
            refusing(*ALL, alert=BAD_CERTIFICATE, old=True),
        )
    ),
    unclear(
        opaque(
            "f6_op_expired_at_one_host",
            HARNESS,
            "certificate_expired at one of three hosts, whose certificate is well",
            (site(ATLAS), *REST),
            together(USE_REST, refusing(ATLAS, alert=CERTIFICATE_EXPIRED)),
        )
    ),
    hidden(
        "f6_op_telemetry_pinned_fine",
        FINE,
        "telemetry refuses us, all that the scenario needs is read",
        followers_tale(
            replace(OPENED, play=together(refusing(TELEMETRY, alert=46), OPENED.play)),
            PROFILE_SEEN,
            LIST_SEEN,
        ),
    ),
)
