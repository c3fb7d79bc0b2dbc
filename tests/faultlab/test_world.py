"""Hosts that are not origins fail in their own way."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest

from tests.faultlab.certificates import Authorities
from tests.faultlab.rows.making import API, AUTH, site, unreachable
from tests.faultlab.world import DEAD_NAME, Host, standing


def target(rule: str) -> tuple[str, int]:
    _, _, address, port = rule.split(":")
    return address, int(port)


@pytest.mark.parametrize(
    ("reach", "error"),
    [
        ("refused", ConnectionRefusedError),
        ("sinkhole", ConnectionRefusedError),
        ("no_route", OSError),
        ("syn_dropped", TimeoutError),
    ],
)
def test_a_port_that_is_no_origin(
    authorities: Authorities, reach: str, error: type[OSError]
) -> None:
    with standing([unreachable(API, reach)], authorities) as rules, pytest.raises(error):
        socket.create_connection(target(rules[0]), timeout=0.5)


def test_a_dead_name_is_sent_to_a_name_that_never_exists(authorities: Authorities) -> None:
    with standing([unreachable(API, "dead_name")], authorities) as rules:
        assert rules == (f"{API}:443:{DEAD_NAME}:443",)


def test_a_sinkhole_has_the_address_that_filters_give(authorities: Authorities) -> None:
    with standing([unreachable(API, "sinkhole")], authorities) as rules:
        assert target(rules[0])[0] == "0.0.0.0"


def test_origins_get_ports_of_their_own(authorities: Authorities) -> None:
    with standing([site(API), site(AUTH)], authorities) as rules:
        ports = {target(rule)[1] for rule in rules}
        for rule in rules:
            socket.create_connection(target(rule), timeout=1.0).close()

    assert len(ports) == 2
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(target(rules[0]), timeout=1.0)


def test_a_service_goes_down_after_its_last_connection(authorities: Authorities) -> None:
    with standing([replace(site(API), serves=1)], authorities) as rules:
        socket.create_connection(target(rules[0]), timeout=1.0).close()
        time.sleep(0.1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(target(rules[0]), timeout=1.0)


def test_a_service_comes_up_late(authorities: Authorities) -> None:
    with standing([replace(site(API), opens_after=0.2)], authorities) as rules:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(target(rules[0]), timeout=1.0)
        time.sleep(0.4)
        socket.create_connection(target(rules[0]), timeout=1.0).close()


@pytest.mark.parametrize("host", [Host(API), Host(API, reach="imaginary")])
def test_a_host_without_sense_is_an_error(authorities: Authorities, host: Host) -> None:
    with pytest.raises(ValueError, match=API), standing([host], authorities):
        pass
