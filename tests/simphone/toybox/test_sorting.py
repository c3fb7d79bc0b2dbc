from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "printf 'b\\na\\nb\\n' | sort; printf 'b\\na\\nb\\n' | sort -u; "
            "printf '10\\n9\\n' | sort -n; printf '1\\n2\\n' | sort -r"
        ),
        "a\nb\nb\na\nb\n9\n10\n2\n1\n",
        0,
    ),
    (
        (
            "printf 'x 2\\ny 1\\n' | sort -k2; printf 'a:9\\nb:10\\n' | sort -t: -k2n; "
            "printf 'B\\na\\n' | sort -f; printf '1K\\n5\\n' | sort -h"
        ),
        "y 1\nx 2\na:9\nb:10\na\nB\n5\n1K\n",
        0,
    ),
    (
        ("printf 'b\\na\\n' | sort -c; echo $?; printf 'b\\na\\n' >f; sort -o f f; cat f"),
        "1\na\nb\n",
        0,
    ),
    (
        (
            "printf 'a\\na\\nb\\n' | uniq; printf 'a\\na\\nb\\n' | uniq -c; "
            "printf 'a\\na\\nb\\n' | uniq -d; printf 'a\\nA\\nb\\n' | uniq -ui"
        ),
        "a\nb\n      2 a\n      1 b\na\nb\n",
        0,
    ),
    ("sort nope", "sort: nope: No such file or directory\n", 1),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_sorting(bench: Bench, row: Row) -> None:
    check(bench, row)
