from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "ls --help | head -1 | cut -c1-10; rmdir; basename --nope; uniq a b c; head -n",
        (
            "usage: ls \nrmdir: Needs 1 argument\n"
            "basename: Unknown option 'nope' (see \"basename --help\")\n"
            "uniq: Max 2 arguments\nhead: Missing argument to -n\n"
        ),
        1,
    ),
    (
        (
            "head -n1 -- -x; touch -- -x; ls -- -x; touch --date=@5 f; "
            "stat --format %Y f; touch --date"
        ),
        ("head: -x: No such file or directory\n-x\n5\ntouch: Missing argument to --date\n"),
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_call(bench: Bench, row: Row) -> None:
    check(bench, row)
