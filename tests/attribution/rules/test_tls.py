"""What separates a filter, a stranger's authority and a wrong clock from what they look like."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.judge_capture import judge_capture
from harness.domain.facts.capture import CaptureVisibility, ProxyStarted
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import DeviceConditions
from harness.domain.verdict import Verdict
from tests.attribution.build import (
    GENERIC,
    STOPPED,
    exchange,
    failed,
    no_client_tls,
    no_server_tls,
    observe,
    probe,
    site,
    verdict_of,
)

CUT = (no_server_tls("connection closed"), probe(stage="tls", why="reset"))
STRANGER = "Certificate verify failed: unable to get local issuer certificate"
BAD = "The client does not trust the proxy's certificate for HOST (tls alert bad certificate)"
UNKNOWN_CA = "The client does not trust the proxy's certificate for HOST (tlsv1 alert unknown ca)"


def without_name(result: str) -> ControlMade:
    return ControlMade("other_name", result, "The handshake without a name.", "origin.example:443")


@pytest.mark.parametrize(
    ("facts", "party", "rule"),
    [
        ((*CUT, without_name("ok")), "network", "network_filters_name"),
        ((*CUT, without_name("ok"), site("ok")), "network", "network_filters_name"),
        ((*CUT, without_name("failed"), site("ok")), "server", "tls_server_handshake"),
        ((*CUT, without_name("not_made"), site("ok")), "unknown", "tls_server_handshake"),
        ((*CUT, site("ok")), "unknown", "tls_server_handshake"),
        # The probe got through under the name, so nobody cuts by the name.
        ((CUT[0], probe(), without_name("ok")), "unknown", "tls_server_handshake"),
    ],
)
def test_who_cuts_a_handshake(facts: tuple[Any, ...], party: str, rule: str) -> None:
    verdict = verdict_of(*facts)
    assert (verdict.party.value, verdict.rule) == (party, rule)
    assert verdict.confidence < 0.9


def started(**options: str) -> ProxyStarted:
    return ProxyStarted(1, 8080, "12.2.3", "ab", options, None)


def strangers(options: dict[str, str], *hosts: str) -> Verdict:
    """Unrelated hosts whose certificates bear one unknown issuer."""
    facts: list[Any] = [started(**options)]
    for number, host in enumerate(hosts, 1):
        facts.append(failed(STRANGER, float(number), host=host))
        facts.append(
            probe(
                host=host,
                stage="tls",
                why="certificate unknown issuer",
                certificate_issuer="O=Somebody",
            )
        )
    return judge_capture(observe(*facts, STOPPED), GENERIC).whole


THREE = ("a.example", "b.sample", "c.test")


@pytest.mark.parametrize(
    ("options", "hosts", "party"),
    [
        ({}, THREE, "network"),
        ({"chosen_addresses": "no"}, THREE, "network"),
        (
            {"chosen_addresses": "yes", "ssl_verify_upstream_trusted_ca": "/ca.pem"},
            THREE,
            "network",
        ),
        ({"chosen_addresses": "yes", "ssl_verify_upstream_trusted_ca": "None"}, THREE, "unknown"),
        ({}, THREE[:2], "unknown"),
        ({"chosen_addresses": "yes"}, THREE[:1], "unknown"),
    ],
)
def test_whose_authority_it_is(options: dict[str, str], hosts: tuple[str, ...], party: str) -> None:
    verdict = strangers(options, *hosts)
    assert verdict.party.value == party, (verdict.rule, verdict.candidates)


@pytest.mark.parametrize(
    ("text", "hosts", "offset", "party"),
    [
        (BAD, 3, None, "unknown"),
        (BAD, 3, 2.0, "harness"),
        (BAD, 1, None, "harness"),
        (UNKNOWN_CA, 3, None, "harness"),
    ],
)
def test_a_clock_that_is_behind_looks_like_a_missing_certificate(
    text: str, hosts: int, offset: float | None, party: str
) -> None:
    facts: list[Any] = [no_client_tls(text, float(n), host=f"h{n}.example") for n in range(hosts)]
    if offset is not None:
        facts.append(DeviceConditions(clock_offset=offset))
    verdict = verdict_of(*facts)
    assert verdict.party.value == party, (verdict.rule, verdict.candidates)
    assert verdict.party.value != "unknown" or "device" in {
        entry.party.value for entry in verdict.candidates
    }


def test_a_host_that_is_read_speaks_against_a_missing_certificate() -> None:
    verdict = verdict_of(no_client_tls(BAD, host="a.example"), exchange(host="b.example"))
    assert verdict.rule == "capture_refused_by_app"


@pytest.mark.parametrize(
    ("canary", "trust", "rule"),
    [
        ("decrypted", "system", "capture_refused_by_app"),
        ("reached", "system", "capture_refused_everywhere"),
    ],
)
def test_a_phone_that_takes_our_certificate_is_not_said_to_refuse_it(
    canary: str, trust: str, rule: str
) -> None:
    refused = [no_client_tls(UNKNOWN_CA, float(n), host=f"h{n}.example") for n in range(3)]
    seen = (0.1, CaptureVisibility(canary, trust))
    assert judge_capture(observe(started(), seen, *refused, STOPPED), GENERIC).whole.rule == rule


def test_a_certificate_in_the_systems_store_shows_that_the_app_is_choosy() -> None:
    def sure(canary: str, trust: str) -> float:
        facts = [
            exchange(1.0, host="open.example"),
            no_client_tls(UNKNOWN_CA, 2.0, host="pinned.example"),
        ]
        lines = observe(started(), (0.1, CaptureVisibility(canary, trust)), *facts, STOPPED)
        return judge_capture(lines, GENERIC).whole.confidence

    assert sure("reached", "system") == sure("decrypted", "system") > sure("reached", "none")
