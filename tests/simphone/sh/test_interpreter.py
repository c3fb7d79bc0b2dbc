from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("echo hi", "hi\n", 0),
    ("", "", 0),
    ("false || echo a && echo b", "a\nb\n", 0),
    ("! true; echo $?", "1\n", 0),
    ("if false; then echo a; elif true; then echo b; else echo c; fi", "b\n", 0),
    ("if false; then echo a; fi; echo $?", "0\n", 0),
    ("for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", "1\n3\n", 0),
    ("for i in 1 2; do for j in a b; do continue 2; done; echo x; done; echo $i", "2\n", 0),
    ("for i in 1 2; do for j in a b; do break 2; done; done; echo $i$j", "1a\n", 0),
    ("n=0; until [ $n = 3 ]; do n=$((n+1)); done; echo $n", "3\n", 0),
    ("while :; do break; done; echo $?", "0\n", 0),
    ("case abc in x|a*) echo yes;; *) echo no;; esac", "yes\n", 0),
    ("case x in (y) echo y;; esac; echo $?", "0\n", 0),
    ("f() { echo $1; return 3; }; f a; echo $?", "a\n3\n", 0),
    ("x=1; (x=2; echo $x); echo $x", "2\n1\n", 0),
    ('{ echo a; echo b; } | while read l; do echo "<$l>"; done', "<a>\n<b>\n", 0),
    ("(exit 4); echo $?", "4\n", 0),
    ("true | false | true; echo $?", "0\n", 0),
    ("set -o pipefail; false | true; echo $?", "1\n", 0),
    ("set -e; false; echo no", "", 1),
    ("set -e; false || true; if false; then :; fi; ! true; echo yes", "yes\n", 0),
    ("x=$(exit 5); echo $?", "5\n", 0),
    ("exit 7; echo no", "", 7),
    ("trap 'echo bye' EXIT; exit 3", "bye\n", 3),
    ("(trap 'echo inner' EXIT; echo x); echo y", "x\ninner\ny\n", 0),
    ("trap 'echo got' TERM; kill $$; echo after", "got\nafter\n", 0),
    ("trap '' TERM; kill $$; echo alive", "alive\n", 0),
    ("kill $$; echo never", "", 143),
    ("while true; do echo x; done | head -n 1", "x\n", 0),
    ("f() { f; }; f", "", 1),
]


@pytest.mark.parametrize(("script", "out", "rc"), SCRIPTS)
def test_runs_scripts(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(script)

    assert (result.out, result.rc) == (out, rc)


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("if then", "syntax error: unexpected 'then'"),
        ("echo 'open", "syntax error: unexpected EOF looking for '"),
        ("readonly a=1; a=2; echo no", "a: is read only"),
        ("echo ${nope:?is missing}", "nope: is missing"),
        ("echo $((1/0))", "1/0: zero divisor"),
    ],
)
def test_says_what_is_wrong(bench: Bench, script: str, text: str) -> None:
    result = bench.run(script)

    assert result.err == f"/system/bin/sh: {text}\n"
    assert result.rc != 0
    assert result.out == ""
