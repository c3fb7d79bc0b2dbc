"""Answers signed by what stands between the app and the service."""

from __future__ import annotations

import pytest

from harness.attribution.signature import filter_name, surely_between
from tests.attribution.build import exchange


@pytest.mark.parametrize(
    ("signed", "scheme", "name"),
    [
        (None, "https", None),
        ("nginx", "http", None),
        ("cloudflare", "https", None),  # the service's own front
        ("AkamaiGHost", "http", None),
        ("Zscaler/6.2", "https", "Zscaler"),
        ("BlueCoat-Security-Appliance", "http", "BlueCoat"),
        ("McAfee Web Gateway 12.2", "https", "McAfee Web Gateway"),
        ("squid/5.7", "http", "squid"),
        ("squid/5.7", "https", None),
        ("Privoxy 3.0", "http", "Privoxy"),
    ],
)
def test_who_signed(signed: str | None, scheme: str, name: str | None) -> None:
    assert filter_name(exchange(server_header=signed, scheme=scheme)) == name


def test_a_product_on_its_makers_own_host_is_the_service() -> None:
    assert filter_name(exchange(server_header="Zscaler/6.2", host="www.zscaler.example")) is None


def test_a_cache_may_be_the_services_own() -> None:
    assert surely_between(exchange(server_header="FortiGate"))
    assert not surely_between(exchange(server_header="squid", scheme="http"))
