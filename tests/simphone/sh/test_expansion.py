from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("x=5; echo ${x:-y} ${z:-w} ${z-w} ${x:+s} ${z:+s} ${#x}", "5 w w s 1\n"),
    ("echo ${z:=set}; echo $z", "set\nset\n"),
    ("z=; echo [${z-unset}] [${z:-empty}]", "[] [empty]\n"),
    ("v=a.b.c; echo ${v%.*} ${v%%.*} ${v#*.} ${v##*.}", "a.b a b.c c\n"),
    ("v=a.b.c; echo ${v/./_} ${v//./_} ${v:1:2} ${v:2}", "a_b.c a_b_c .b b.c\n"),
    ("v='a*b'; echo \"${v%'*'*}\"", "a\n"),
    ("a='x  y'; echo $a; echo \"$a\"", "x y\nx  y\n"),
    ("IFS=:; p=a::b; for i in $p; do echo [$i]; done", "[a]\n[]\n[b]\n"),
    ("set -- a 'b c'; for x in \"$@\"; do echo [$x]; done", "[a]\n[b c]\n"),
    ("set -- a 'b c'; echo \"pre-$@-post\" | wc -w", "3\n"),
    ('set --; for x in "$@"; do echo no; done; echo $#', "0\n"),
    ('set -- a b c; IFS=-; echo "$*"; shift; echo $1 $#', "a-b-c\nb 2\n"),
    ("echo $(echo a; echo; echo)b `echo c`", "ab c\n"),
    ("echo `echo a \\`echo b\\``", "a b\n"),
    ("echo \"$(printf '%s\\n' \"in 'n' out\")\"", "in 'n' out\n"),
    ("echo $((2+3*4)) $((7/2)) $((-7%3)) $((1<<4)) $((5>3&&0))", "14 3 -1 16 0\n"),
    ("echo $((2147483647+1))", "-2147483648\n"),
    ("n=3; echo $((n++ + ++n)) $n $((n=7)) $n", "8 5 7 7\n"),
    ("n=08; echo $((n+1)) $((0x10))", "9 16\n"),
    ('echo ~ ~/x "~"', "/ /x ~\n"),
    ('echo \\$x \'$x\' "\\$x" "a\\b"', "$x $x $x a\b\n"),
    ("echo $'a\\tb'", "a\tb\n"),
    ("echo a\\\nb", "ab\n"),
    ("cd /data/local/tmp; touch b1 b2 .b3; echo b* .b* 'b*' c*", "b1 b2 .b3 b* c*\n"),
    ("echo /sys*/e[st]c/h?sts", "/system/etc/hosts\n"),
    ("set -f; echo /*", "/*\n"),
    ("x='*'; echo \"$x\"; echo ${#x}", "*\n1\n"),
    ("set -- $(printf 'a b\\nc'); echo $#", "3\n"),
    ("echo a{b,c}", "ab ac\n"),
    ("echo $USER_ID $EPOCHREALTIME ${#RANDOM} | cut -c1-22", "2000 1767225600.500000\n"),
]


@pytest.mark.parametrize(("script", "out"), SCRIPTS)
def test_expands_words(bench: Bench, script: str, out: str) -> None:
    assert bench.run(script).out == out


def test_an_unset_variable_is_an_error_with_set_u(bench: Bench) -> None:
    result = bench.run("set -u; echo $nope; echo no")

    assert (result.out, result.rc) == ("", 1)
    assert result.err == "/system/bin/sh: nope: parameter not set\n"
