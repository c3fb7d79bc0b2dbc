from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

RULE = "OUTPUT -p udp --dport 443 -j REJECT"
BAD = "iptables: Bad rule (does a matching rule exist in that chain?).\n"
ALL_GONE = f"while iptables -D {RULE} 2>/dev/null; do echo gone; done"
ROWS: list[Row] = [
    (f"iptables -w -C {RULE}", BAD, 1),
    (f"iptables -w -I {RULE}; iptables -C {RULE}; iptables -S", f"-A {RULE}\n", 0),
    (f"iptables -I {RULE}; ip6tables -S; ip6tables -C {RULE}", "ip6" + BAD[2:], 1),
    (f"iptables -I {RULE}; iptables -A {RULE}; {ALL_GONE}; iptables -S", "gone\ngone\n", 0),
    ("iptables -X", "iptables v1.8.7 (legacy): Bad argument `-X'\n", 2),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_rules_are_kept_for_root(bench: Bench, row: Row) -> None:
    check(bench, row, uid=0)


def test_others_are_refused(bench: Bench) -> None:
    result = bench.run(f"iptables -I {RULE}")

    assert result.rc == 3
    assert "Permission denied (you must be root)" in result.err


def test_a_restart_takes_the_rules_away(bench: Bench) -> None:
    bench.run(f"iptables -I {RULE}", uid=0)
    now = bench.phone.clock.uptime()
    bench.phone.clock.uptime = lambda: now - 1

    assert bench.run("iptables -S", uid=0).out == ""


def test_udp_sockets_have_their_tables(bench: Bench) -> None:
    lines = bench.run("cat /proc/net/udp /proc/net/udp6").out.splitlines()

    assert [line.split()[:2] for line in lines] == [["sl", "local_address"]] * 2
