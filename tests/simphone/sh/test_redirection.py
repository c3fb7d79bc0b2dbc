from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("echo a >f; echo b >>f; cat <f", "a\nb\n", ""),
    ("cat nofile 2>/dev/null; echo $?", "1\n", ""),
    ("{ echo a; echo b >&2; } 2>&1 | sort -r", "b\na\n", ""),
    ("{ echo a; echo b >&2; } >f 2>&1; cat f", "a\nb\n", ""),
    ("echo x &>f; cat f", "x\n", ""),
    ("exec 3>f; echo x >&3; exec 3>&-; cat f", "x\n", ""),
    ("echo x >&-", "", "/system/bin/sh: echo: 1: Bad file descriptor\n"),
    ("cat <<E\n$((1+1))\nE", "2\n", ""),
    ("cat <<'E'; echo after\n$x\nE", "$x\nafter\n", ""),
    ("while read l; do echo [$l]; done <<E\na\nb\nE", "[a]\n[b]\n", ""),
    ("echo x >/system/y", "", "/system/bin/sh: can't create /system/y: Read-only file system\n"),
    ("cat <nofile", "", "/system/bin/sh: can't open nofile: No such file or directory\n"),
    ("echo x >&9", "", "/system/bin/sh: 9: bad file descriptor\n"),
    (">empty; ls", "empty\n", ""),
    ("umask 077; echo x >f; stat -c %a f", "600\n", ""),
]


@pytest.mark.parametrize(("script", "out", "err"), SCRIPTS)
def test_redirections(bench: Bench, script: str, out: str, err: str) -> None:
    result = bench.run(f"cd /data/local/tmp; {script}")

    assert (result.out, result.err) == (out, err)
