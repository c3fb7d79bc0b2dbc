from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "date +%s; date -u; date +%Y-%m-%dT%T%z; date +'%F %e %3N %%'; date -d @0 +%T",
        (
            "1767225600\nThu Jan  1 00:00:00 UTC 2026\n2026-01-01T00:00:00+0000\n"
            "2026-01-01  1 500 %\n00:00:00\n"
        ),
        0,
    ),
    (
        (
            "TZ=Europe/Berlin date +%H%z; date -d '2026-02-03 04:05' +%s; "
            "date -d nonsense; touch -d @5 f; date -r f +%s"
        ),
        "01+0100\n1770091500\ndate: bad date 'nonsense'\n5\n",
        0,
    ),
    ("date -s @5", "date: cannot set date: Operation not permitted\n", 1),
    (
        "uptime -s; uptime",
        ("2025-12-31 23:58:20\n 00:00:00 up 1 min,  0 users,  load average: 1.02, 0.98, 0.91\n"),
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_dates(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_root_sets_the_clock(bench: Bench) -> None:
    check(bench, ("date -s @1000000000 >/dev/null; date +%s", "1000000000\n", 0), uid=0)
    assert int(bench.phone.clock.now()) == 1000000000
