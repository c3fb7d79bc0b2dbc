from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "mkdir -p a/b/c; touch a/b/f; cp -a a z; find z; du -a z | wc -l; "
            "chmod -R 755 z; stat -c %a z/b/f; mkdir z/b/f 2>/dev/null; cp -r nope q"
        ),
        "z\nz/b\nz/b/c\nz/b/f\n4\n755\ncp: bad 'nope': No such file or directory\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_tree(bench: Bench, row: Row) -> None:
    check(bench, row)
