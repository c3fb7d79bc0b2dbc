from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        ("seq 5 | head -n 2; seq 5 | head -2; seq 3 | head -n -1; printf abc | head -c 2"),
        "1\n2\n1\n2\n1\n2\nab",
        0,
    ),
    (
        ("seq 12 | tail -n 1; seq 3 | tail -n +2; printf abc | tail -c 2; seq 3 | tail -2"),
        "12\n2\n3\nbc2\n3\n",
        0,
    ),
    (
        "echo a >a; echo b >b; head -n 1 a b; tail -qn1 a b",
        "==> a <==\na\n\n==> b <==\nb\na\nb\n",
        0,
    ),
    (
        ('printf "a b\\nc\\n" | wc; printf abc | wc -c; echo a >f; wc -l f f; printf ä | wc -m'),
        "      2       3       6\n3\n      1 f\n      1 f\n      2 total\n1\n",
        0,
    ),
    (
        "head nope; head -n x /dev/null",
        "head: nope: No such file or directory\nhead: not integer: x\n",
        1,
    ),
    ("echo a >f; timeout 0.5 tail -f f & sleep 0.1; echo b >>f; wait", "a\nb\n", 0),
    ("cat /dev/zero | head -c 3 | wc -c", "3\n", 0),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_counting(bench: Bench, row: Row) -> None:
    check(bench, row)
