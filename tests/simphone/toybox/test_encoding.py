from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "printf abc | base64; printf YWJj | base64 -d; echo; seq 40 | base64 -w 0 | "
            "wc -c; seq 40 | base64 | wc -l"
        ),
        "YWJj\nabc\n148\n2\n",
        0,
    ),
    (
        (
            "printf 'ab\\001' | xxd; printf abc | xxd -p; echo 616263 | xxd -r -p; "
            "echo; printf abcd | xxd -s 1 -l 2 -p; printf abc | xxd | xxd -r"
        ),
        ("00000000: 6162 01                                  ab.\n616263\nabc\n6263\nabc"),
        0,
    ),
    (
        "printf ab | od; printf ab | od -An -t x1; printf 'a\\n' | od -c",
        "0000000 061141\n0000002\n 61 62\n0000000   a  \\n\n0000002\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_encoding(bench: Bench, row: Row) -> None:
    check(bench, row)
