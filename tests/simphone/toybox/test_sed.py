from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "echo abcabc | sed 's/b/X/'; echo abcabc | sed 's/b/X/g'; echo abcabc | "
            "sed 's/b/X/2'; echo a/b | sed 's|/|-|'"
        ),
        "aXcabc\naXcaXc\nabcaXc\na-b\n",
        0,
    ),
    (
        (
            "seq 5 | sed -n 2p; seq 5 | sed '2,4d'; seq 5 | sed '/3/d;$d'; seq 5 | "
            "sed 2q; seq 3 | sed -n '2!p'"
        ),
        "2\n1\n5\n1\n2\n4\n1\n2\n1\n3\n",
        0,
    ),
    (
        (
            "echo abc | sed 's/\\(a\\)\\(b\\)/\\2\\1[&]/'; echo abc | "
            "sed -E 's/(b)(c)/\\2\\1/'; echo aB | sed 's/b/x/I'; echo abc | "
            "sed y/abc/xyz/"
        ),
        "ba[ab]c\nacb\nax\nxyz\n",
        0,
    ),
    (
        (
            "seq 4 | sed -e 1d -e 's/4/four/p' -n; seq 6 | sed -n '/2/,/4/p'; "
            "echo x >f; sed -i s/x/y/ f; cat f"
        ),
        "four\n2\n3\n4\ny\n",
        0,
    ),
    (
        "echo a | sed 's/a/\\n/' | wc -l; sed k; sed s/a; sed -i d nope",
        (
            "2\nsed: bad pattern 'k'@1 (k)\nsed: bad pattern 's/a'\n"
            "sed: nope: No such file or directory\n"
        ),
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_sed(bench: Bench, row: Row) -> None:
    check(bench, row)
