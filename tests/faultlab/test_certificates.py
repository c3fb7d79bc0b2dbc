"""Each kind of certificate fails verification for its own reason, the good one does not."""

from __future__ import annotations

import ssl

import pytest

from tests.faultlab import client
from tests.faultlab.certificates import KINDS, Authorities, TlsPlan
from tests.faultlab.conftest import Meet
from tests.faultlab.rows.making import API, site
from tests.faultlab.world import Host

REASONS = {
    "expired": "certificate has expired",
    "not_yet": "certificate is not yet valid",
    "self_signed": "self-signed certificate",
    "wrong_host": "Hostname mismatch",
    "missing_intermediate": "unable to get local issuer",
    "unknown_issuer": "unable to get local issuer",
    "portal": "unable to get local issuer",
    "inspection": "unable to get local issuer",
    "expired_intermediate": "certificate has expired",
    "client_purpose": "unsuitable certificate purpose",
    "own_root_sent": "self-signed certificate in certificate chain",
}


def test_every_bad_kind_is_tried() -> None:
    assert set(REASONS) == set(KINDS) - {"good", "no_names"}


@pytest.mark.parametrize(("kind", "reason"), REASONS.items())
def test_a_bad_certificate_is_refused_for_its_reason(meet: Meet, kind: str, reason: str) -> None:
    with (
        meet(site(API, cert=kind)) as route,
        pytest.raises(ssl.SSLCertVerificationError, match=reason),
    ):
        client.secured(route, API)


def test_a_common_name_is_no_name_to_those_who_look_at_alternative_names_only(meet: Meet) -> None:
    with meet(site(API, cert="no_names")) as route:
        context = client.trusting(route)
        context.hostname_checks_common_name = False
        with (
            client.tunnel(route, API) as sock,
            pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"),
        ):
            context.wrap_socket(sock, server_hostname=API)


def test_a_good_certificate_verifies(meet: Meet) -> None:
    with meet(site(API)) as route, client.secured(route, API, "h2", "http/1.1") as sock:
        assert sock.selected_alpn_protocol() == "http/1.1"


@pytest.mark.parametrize(
    "plan",
    [
        TlsPlan(newest=ssl.TLSVersion.TLSv1_1, ciphers="ALL:@SECLEVEL=0"),
        TlsPlan(newest=ssl.TLSVersion.TLSv1_2, ciphers="ECDHE-RSA-AES128-GCM-SHA256"),
        TlsPlan(newest=ssl.TLSVersion.TLSv1_2, ask_client=True),
    ],
    ids=["too old", "no cipher", "mutual"],
)
def test_an_odd_origin_sends_an_alert(meet: Meet, plan: TlsPlan) -> None:
    host = Host(API, site(API).behaviour, plan)
    with meet(host) as route, pytest.raises(ssl.SSLError, match=r"(?i)alert"):
        client.secured(route, API)


def test_an_unknown_kind_is_an_error(authorities: Authorities) -> None:
    with pytest.raises(KeyError):
        authorities.context(API, TlsPlan("imaginary"))
