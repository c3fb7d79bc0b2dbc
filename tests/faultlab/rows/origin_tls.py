"""Origins whose TLS is wrong."""

from __future__ import annotations

import ssl
from dataclasses import replace

from tests.faultlab.certificates import TlsPlan
from tests.faultlab.fault import Fault
from tests.faultlab.origin_http1 import answer, serve
from tests.faultlab.rows.making import (
    API,
    HARNESS,
    OTHERS_FINE,
    SERVER,
    USE_OTHERS,
    Truth,
    get,
    row,
    site,
    together,
)
from tests.faultlab.world import Host

OLD = TlsPlan(newest=ssl.TLSVersion.TLSv1_1, ciphers="ALL:@SECLEVEL=0")
# Our leaf has an elliptic key, so this suite cannot be agreed on with anybody.
ODD_CIPHER = TlsPlan(newest=ssl.TLSVersion.TLSv1_2, ciphers="ECDHE-RSA-AES128-GCM-SHA256")
MUTUAL_12 = TlsPlan(newest=ssl.TLSVersion.TLSv1_2, ask_client=True)
MUTUAL_13 = TlsPlan(ask_client=True)


def tls(name: str, truth: Truth, breaks: str, plan: TlsPlan) -> Fault:
    """One host's TLS is wrong, two unrelated hosts are fine."""
    hosts = (Host(API, serve(answer()), plan), *OTHERS_FINE)
    return row(name, truth, breaks, hosts, together(USE_OTHERS, get(times=2)))


def alone(name: str, kind: str, breaks: str) -> Fault:
    """The only host of the capture: a portal or an inspecting gateway would look the same."""
    hosts = (site(API, cert=kind),)
    return replace(row(name, SERVER, breaks, hosts, get(times=2)), separable=False)


ROWS = (
    tls("cert_expired", SERVER, "expired certificate", TlsPlan("expired")),
    tls("cert_not_yet", SERVER, "certificate not yet valid", TlsPlan("not_yet")),
    tls("cert_self_signed", SERVER, "self-signed certificate", TlsPlan("self_signed")),
    tls("cert_wrong_host", SERVER, "certificate for another host", TlsPlan("wrong_host")),
    tls("cert_no_intermediate", SERVER, "missing intermediate", TlsPlan("missing_intermediate")),
    tls("cert_unknown_issuer", SERVER, "issuer that nobody knows", TlsPlan("unknown_issuer")),
    replace(
        tls("cert_expired_no_probe", SERVER, "expired certificate", TlsPlan("expired")),
        probe=False,
    ),
    alone("cert_self_signed_alone", "self_signed", "self-signed certificate"),
    alone("cert_unknown_issuer_alone", "unknown_issuer", "issuer that nobody knows"),
    alone("cert_wrong_host_alone", "wrong_host", "certificate for another host"),
    row(
        "cert_expired_alone",
        SERVER,
        "expired certificate of the only host",
        (site(API, cert="expired"),),
        get(times=2),
    ),
    tls("tls_too_old", SERVER, "TLS 1.1 at most", OLD),
    replace(tls("tls_odd_cipher", SERVER, "no cipher that we offer", ODD_CIPHER), separable=False),
    replace(
        tls("tls_mutual_12", HARNESS, "asks for the app's certificate (TLS 1.2)", MUTUAL_12),
        separable=False,
    ),
    tls("tls_mutual_13", HARNESS, "asks for the app's certificate (TLS 1.3)", MUTUAL_13),
)
