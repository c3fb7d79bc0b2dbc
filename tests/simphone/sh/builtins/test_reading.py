from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("read a b; echo [$a] [$b]", "x y z\n", "[x] [y z]\n"),
    ("read a; read b; echo $b$a", "1\n2\n", "21\n"),
    ("read a; cat", "1\n2\n3\n", "2\n3\n"),
    ("read a || echo end [$a]", "part", "end [part]\n"),
    ('read -r a; echo "$a" | wc -c', "a\\b\n", "3\n"),
    ("read a; echo $a", "a\\\nb\n", "ab\n"),
    ("IFS=: read a b; echo [$a] [$b]", "1:2:3\n", "[1] [2:3]\n"),
    ("read; echo $REPLY", "x\n", "x\n"),
    ("read -n 2 a; echo $a", "abc\n", "ab\n"),
    ("read up rest </proc/uptime; echo $up", "", "100.00\n"),
]


@pytest.mark.parametrize(("script", "stdin", "out"), SCRIPTS)
def test_read(bench: Bench, script: str, stdin: str, out: str) -> None:
    assert bench.run(script, stdin=stdin.encode()).out == out


def test_read_gives_up_after_its_time(bench: Bench) -> None:
    result = bench.run("sleep 1 | read -t 0.05 a; echo $?")

    assert result.out == "1\n"
