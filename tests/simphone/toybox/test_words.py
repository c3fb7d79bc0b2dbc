from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "basename /a/b.c .c; basename a; dirname /a/b a /; seq 3; seq 2 2 6 | "
            "tr '\\n' ,; seq -w 9 10; seq 1 0.5 2; seq 3 1"
        ),
        "b\na\n/a\n.\n/\n1\n2\n3\n2,4,6,09\n10\n1.0\n1.5\n2.0\n",
        0,
    ),
    (
        ("yes | head -n 2; yes no | head -n 1; which ls nope /bin/cat; echo $?; sync; /bin/pwd"),
        "y\ny\nno\n/system/bin/ls\n/bin/cat\n1\n/data/local/tmp\n",
        0,
    ),
    (
        (
            "/bin/true; echo $?; /bin/false; echo $?; /bin/test a = a; echo $?; "
            "'/bin/[' 1 -gt 2 ]; echo $?; /bin/echo x; /bin/printf '%s' y"
        ),
        "0\n1\n0\n1\nx\ny",
        0,
    ),
    (
        "/bin/sleep 0.01; /bin/sleep x; seq x; basename",
        "sleep: bad time 'x'\nseq: bad number 'x'\nbasename: Needs 1 argument\n",
        1,
    ),
    (
        "'/bin/[' a; /bin/test 1 -eq x; echo $?; /bin/printf %d x",
        "[: missing ]\ntest: not integer: x\n2\n0printf: x: not completely converted\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_words(bench: Bench, row: Row) -> None:
    check(bench, row)
