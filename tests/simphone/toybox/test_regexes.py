from __future__ import annotations

import pytest

from harness.simphone.toybox.regexes import translate
from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "echo '*a' | grep '*a'; echo 'a]' | grep '[]]'; echo 'a1 b' | "
            "grep -o '\\w\\w'; echo 'x' | grep -E '^(y|x)?$'; echo 'a b' | "
            "grep -o '\\<b\\>'"
        ),
        "*a\na]\na1\nx\nb\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_regexes(bench: Bench, row: Row) -> None:
    check(bench, row)


@pytest.mark.parametrize(
    ("pattern", "extended", "python"),
    [
        ("a+", False, "a\\+"),
        ("a\\+", False, "a+"),
        ("a\\+", True, "a\\+"),
        ("*", False, "\\*"),
        ("[^[:digit:]x]", True, "[^x0-9]"),
    ],
)
def test_translation(pattern: str, extended: bool, python: str) -> None:
    assert translate(pattern, extended=extended) == python
