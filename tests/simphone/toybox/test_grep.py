from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "printf 'ab\\nAB\\ncd\\n' >f; grep a f; grep -i a f; grep -v a f; "
            "grep -c . f; grep -n c f"
        ),
        "ab\nab\nAB\nAB\ncd\n3\n3:cd\n",
        0,
    ),
    (
        (
            "printf 'a.b\\naxb\\n' >f; grep -F a.b f; grep 'a.b' f; "
            "grep -E 'a(x|y)b' f; grep 'a\\(x\\|y\\)b' f; grep -o 'x.' f"
        ),
        "a.b\na.b\naxb\naxb\naxb\nxb\n",
        0,
    ),
    ("seq 9 >f; grep -A1 -B1 5 f; grep -C 1 '^1' f; grep -m 2 . f", "4\n5\n6\n1\n2\n1\n2\n", 0),
    (
        (
            "echo a >a; echo b >b; grep -l a a b; grep -L a a b; grep . a b; "
            "grep -h . a b; grep -r b .; grep -H a a"
        ),
        "a\nb\na:a\nb:b\na\nb\n./b:b\na:a\n",
        0,
    ),
    (
        (
            "echo x | grep -q x; echo $?; echo x | grep y; echo $?; grep x nope; "
            "echo $?; echo x | grep '['; echo $?"
        ),
        (
            "0\n1\ngrep: nope: No such file or directory\n2\n"
            "grep: bad REGEX '[': unterminated character set at position 0\n1\n"
        ),
        0,
    ),
    (
        (
            "printf 'foo bar\\nfoobar\\n' >f; grep -w foo f; grep -x foobar f; "
            "grep -e foo -e zz -c f; grep -E 'Native|Dalvik' f; echo $?"
        ),
        "foo bar\nfoobar\n2\n1\n",
        0,
    ),
    (
        (
            "echo 'a+b{' | grep 'a+b{'; echo aab | grep -Eo 'a{2}'; echo 'x-1' | "
            "grep -E '[[:alpha:]]-[0-9]+$'; echo a | fgrep a | egrep a"
        ),
        "a+b{\naa\nx-1\na\n",
        0,
    ),
    ("yes | grep -m1 y; echo usage | grep -- -A; grep", "y\ngrep: No REGEX\n", 1),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_grep(bench: Bench, row: Row) -> None:
    check(bench, row)
