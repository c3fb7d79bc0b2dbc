from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        ("TZ=Asia/Tokyo date +%H; TZ=No/Where date +%H; touch -d @0 f; ls -l f | cut -d' ' -f6-7"),
        "09\n00\n1970-01-01 00:00\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_times(bench: Bench, row: Row) -> None:
    check(bench, row)
