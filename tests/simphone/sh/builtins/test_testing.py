from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("script", "out"),
    [
        ("[ -e '/data/local/tmp' ] && echo __PASS__", "__PASS__\n"),
        ("[ a = a ]; echo $?", "0\n"),
        ("test; echo $?", "1\n"),
        ("[ a = a; echo $?", "2\n"),
        ("[ 1 -eq x ]; echo $?", "1\n"),
        ("[[ a = a && -n b ]] 2>/dev/null; echo $?", "0\n"),
        ("[[ -d /sdcard ]]; echo $?", "0\n"),
    ],
)
def test_test(bench: Bench, script: str, out: str) -> None:
    assert bench.run(script).out == out
