from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "ip addr show dev wlan0 | grep -o 'inet 192.168.77.[0-9]*/24' | "
            "cut -c1-15; ip -4 addr | grep -c inet; ip addr show nope; ip route | "
            "cut -c1-24; ip route get 1.1.1.1 | cut -c1-30"
        ),
        (
            'inet 192.168.77\n2\nDevice "nope" does not exist.\n'
            "192.168.77.0/24 dev wlan\n1.1.1.1 via 192.168.77.1 dev w\n    cache \n"
        ),
        0,
    ),
    (
        "ip link | grep -c mtu; ip nope; ifconfig wlan0 | grep -c UP; ifconfig nope",
        ('2\nip: Object "nope" is unknown, try "ip help".\n1\nifconfig: nope: No such device\n'),
        1,
    ),
    (
        "ping -c 2 1.1.1.1 | grep -c ttl; ping -c1 host.test | tail -1",
        "2\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\n",
        0,
    ),
    (
        (
            "ip -o -4 addr show lo; ip -6 addr show lo | wc -l; ip -o link show lo | wc -l; "
            "ip neigh; ip rule | head -1; ip route show table wlan0 | head -1 | cut -d' ' -f1-5"
        ),
        (
            "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever"
            " preferred_lft forever\n"
            "4\n1\n192.168.77.1 dev wlan0 lladdr 02:15:b2:00:00:01 REACHABLE\n"
            "0:\tfrom all lookup local\ndefault via 192.168.77.1 dev wlan0\n"
        ),
        0,
    ),
    ("echo hi | nc host.test 80; nc -z host.test 81", "hi\nnc: host.test: Connection refused\n", 1),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_networks(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_without_network(bench: Bench) -> None:
    bench.phone.network.up = False
    result = bench.run("ip addr show wlan0; ip route; ping -c 1 1.1.1.1; ping host.test; echo $?")

    assert "state DOWN" in result.out
    assert "inet" not in result.out
    assert "100% packet loss" in result.out
    assert result.err == "ping: unknown host host.test\n"
    assert result.out.endswith("2\n")
