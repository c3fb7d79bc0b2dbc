from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    (": a b; true; echo $?", "0\n", 0),
    ("eval 'x=1; echo $x'; echo $x", "1\n1\n", 0),
    ("eval; echo $?", "0\n", 0),
    ("echo 'y=5; return 3' >/data/local/tmp/s; . /data/local/tmp/s; echo $? $y", "3 5\n", 0),
    (". /nope", "", 1),
    ("command -v cd ls nope f; echo $?", "cd\n/system/bin/ls\n1\n", 0),
    ("f() { :; }; command -v f if; type f cd ls",
     "f\nif\nf is a function\ncd is a shell builtin\nls is /system/bin/ls\n", 0),
    ("type nope", "nope not found\n", 1),
    ("builtin echo x", "x\n", 0),
    ("builtin nope", "", 1),
    ("exit 300", "", 44),
    ("false; exit", "", 1),
    ("f() { return; }; false; f; echo $?", "1\n", 0),
    ("source /nope || echo gone", "gone\n", 0),
]  # fmt: skip


@pytest.mark.parametrize(("script", "out", "rc"), SCRIPTS)
def test_flow(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(script)

    assert (result.out, result.rc) == (out, rc)
