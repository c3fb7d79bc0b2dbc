"""Which clocks speak for this machine's, and which against it."""

from __future__ import annotations

import pytest

from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import DeviceConditions
from harness.domain.facts.traffic import Exchange
from tests.attribution.build import EPOCH, capture, exchange, no_server_tls
from tests.attribution.proxy_texts import VERIFY

YEAR = 31_536_000.0
EARLY = no_server_tls(f"{VERIFY}certificate is not yet valid", 2.0)


def dated(lead: float, host: str = "one.example") -> Exchange:
    return exchange(0.5, host=host, date=EPOCH + lead)


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ([dated(YEAR)], "harness_clock_wrong"),
        ([dated(-YEAR), dated(-YEAR, "two.example")], "harness_clock_wrong"),
        ([dated(-YEAR), dated(-YEAR, "api.one.example")], "tls_server_certificate"),
        ([dated(YEAR), dated(0.0, "two.example")], "tls_server_certificate"),
        ([dated(3.0), dated(YEAR)], "tls_server_certificate"),
        ([dated(0.0)], "tls_server_certificate"),
    ],
    ids=[
        "still to come",
        "two owners behind",
        "one owner's copies",
        "one is right",
        "once right",
        "all right",
    ],
)
def test_dates_of_answers_speak_for_or_against_our_clock(
    answers: list[Exchange], rule: str
) -> None:
    assert capture(*answers, EARLY).whole.rule == rule


def test_a_certificate_in_order_speaks_for_our_clock() -> None:
    assert capture(exchange(0.5, host="one.example"), EARLY).whole.rule == "tls_server_certificate"


def test_a_site_reached_and_the_phones_clock_speak_for_our_clock() -> None:
    for witness in (ControlMade("control_site", "ok", "-"), DeviceConditions(clock_offset=0.5)):
        assert capture((0.3, witness), EARLY).whole.rule == "tls_server_certificate"
