from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "printf 'a\\nb' | grep -c .; printf 'a\\nb' | grep b; echo x | cat - - ; "
            "echo y >f; echo x | cat f -"
        ),
        "2\nb\nx\ny\nx\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_inputs(bench: Bench, row: Row) -> None:
    check(bench, row)
