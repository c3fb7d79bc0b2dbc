"""The app of a capture is the one whose own service is in it."""

from __future__ import annotations

import pytest

from harness.domain.facts.traffic import Connection
from harness.session import profile_choice
from harness.session.profile_choice import fitting_profile, hosts_in
from tests.attribution.build import STARTED, exchange, observe

API = "api16-normal-c-useast1a.tiktokv.com"


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        ([API], "tiktok"),
        (["www.example.org", API, "connectivitycheck.gstatic.com"], "tiktok"),
        (["api-eu.plainnotes.example"], "plain"),
        (["api-eu.plainnotes.example", API, API], "tiktok"),
        (["www.example.org", "p16.tiktokcdn.com"], "generic"),  # a page that embeds a picture
        (["mon.tiktokv.com"], "generic"),
        ([], "generic"),
    ],
)
def test_the_profile_that_fits(hosts: list[str], name: str) -> None:
    assert fitting_profile(hosts).name == name


def test_hosts_of_exchanges_and_connections_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = observe(
        (0.0, STARTED),
        (1.0, Connection("c1", 1.0, host="a.example")),
        (2.0, Connection("c2", 2.0, sni="b.example")),
        (3.0, Connection("c3", 3.0)),
        exchange(4.0, host="c.example"),
    )
    assert hosts_in(lines) == ["a.example", "b.example", "c.example"]
    monkeypatch.setattr(profile_choice, "LOOKED_AT", 2)
    assert hosts_in(lines) == ["a.example"]
