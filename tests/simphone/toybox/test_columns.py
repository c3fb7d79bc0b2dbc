from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "echo a:b:c | cut -d: -f1,3; echo abcdef | cut -c2-3; echo abc | "
            "cut -b 2-; echo x | cut -d: -f2; echo x | cut -sd: -f2"
        ),
        "a:c\nbc\nbc\nx\n",
        0,
    ),
    (
        "echo '  a   b' | cut -F 3; echo x | cut; echo x | cut -f z",
        "b\ncut: must specify a list of fields\ncut: bad range 'z'\n",
        1,
    ),
    (
        (
            "echo aBc | tr a-z A-Z; echo aabb | tr -s ab; echo a1b2 | tr -d 0-9; "
            "echo ab1 | tr -cd '[:alpha:]'; printf 'a b' | tr ' ' '\\n'"
        ),
        "ABC\nab\nab\naba\nb",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_columns(bench: Bench, row: Row) -> None:
    check(bench, row)
