from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("cd /sdcard/DCIM; cd ..; pwd; cd -; echo $OLDPWD", "/sdcard\n/sdcard/DCIM\n/sdcard\n", 0),
    ("cd; pwd", "/\n", 0),
    ("cd /nope; echo $?", "2\n", 0),
    ("cd /etc/hosts || cd /data/adb || echo no", "no\n", 0),
    ("export A=1 B; B=2; env | grep '^[AB]='", "B=2\nA=1\n", 0),
    ("export 1a", "", 1),
    ("a=1; unset a; echo [$a]; f() { :; }; unset -f f; command -v f", "[]\n", 1),
    ("readonly a=1; echo $a", "1\n", 0),
    ("f() { local a=in b; b=x; echo $a; }; a=out; f; echo $a [$b]", "in\nout []\n", 0),
    ("set -- a b c; shift 2; echo $1; shift 5; echo $?", "c\n1\n", 0),
    ("set -e +e; echo $-; set -u; echo $-", "hc\nhuc\n", 0),
    ("set a b; echo $2; set -- ; echo $#", "b\n0\n", 0),
    ("umask; umask 27; umask", "000\n027\n", 0),
    ("umask x", "", 1),
    ("ulimit -n", "32768\n", 0),
    ("alias x=y; unalias x", "", 0),
    ("a=1; set | grep ^a=", "a=1\n", 0),
]  # fmt: skip


@pytest.mark.parametrize(("script", "out", "rc"), SCRIPTS)
def test_variables(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(script)

    assert (sorted(result.out.splitlines()), result.rc) == (sorted(out.splitlines()), rc)
