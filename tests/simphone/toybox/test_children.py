from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "echo a b | xargs sh -c 'echo $0 $1'; env sh -c 'exit 4'; echo $?; "
            "find . -maxdepth 0 -exec sh -c 'ps -A | grep -c find' \\;"
        ),
        "a b\n4\n1\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_children(bench: Bench, row: Row) -> None:
    check(bench, row)
