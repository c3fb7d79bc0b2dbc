from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "expr 3 + 4; expr 2 \\* 3 + 1; expr \\( 1 + 2 \\) \\* 3; expr 7 / 2; "
            "expr 7 % 2; expr 3 - 5"
        ),
        "7\n7\n9\n3\n1\n-2\n",
        0,
    ),
    (
        (
            "expr a = a; expr a = b; echo $?; expr 10 \\> 9; expr abc : 'a\\(.\\)'; "
            "expr abc : ab; expr length abcd; expr '' \\| x"
        ),
        "1\n0\n1\n1\nb\n2\n4\nx\n",
        0,
    ),
    (
        "expr; expr 1 +; echo $?; expr 1 / 0; expr a + 1; expr 1 2",
        (
            "expr: Needs 1 argument\nexpr: syntax error\n2\nexpr: zero divisor\n"
            "expr: not integer\nexpr: unexpected argument '2'\n"
        ),
        2,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_expr(bench: Bench, row: Row) -> None:
    check(bench, row)
