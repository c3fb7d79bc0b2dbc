import re

import pytest

from tests.simphone.sh.bench import Bench

TWO = "printf 'a\\nb\\n' > 1; printf 'a\\nc' > 2; "
CHANGED = "--- 1\n+++ 2\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"


@pytest.mark.parametrize(
    ("script", "out", "rc"),
    [
        (TWO + "diff 1 2", CHANGED, 1),
        (TWO + "diff -q 1 2", "Files 1 and 2 differ\n", 1),
        (TWO + "diff 1 1; cat 1 | diff 1 -", "", 0),
        ("diff nope 1", "", 2),
        ("printf 'ab\\001hello\\000wor' | strings", "hello\n", 0),
        ("echo x | more; clear", "x\n\x1b[2J\x1b[H", 0),
        ("dmesg", "", 1),
        ("top -b -n 1 -m 2 | grep -c init", "1\n", 0),
        ("top -n 1 -b -p 1 | head -n 1 | cut -d, -f1", "Tasks: 1 total\n", 0),
    ],
)
def test_programs(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(f"cd /data/local/tmp; {script}")
    assert (result.out, result.rc) == (out, rc)


def test_the_kernels_log_is_roots(bench: Bench) -> None:
    assert bench.run("dmesg", uid=0).out.startswith("[    0.000000] Linux version")


def test_uuids(bench: Bench) -> None:
    one, other = bench.run("uuidgen; uuidgen").out.split()
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one)
    assert one != other
