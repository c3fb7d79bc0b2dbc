from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "echo a >a; cat a - a </dev/null; cat nope",
        "a\na\ncat: nope: No such file or directory\n",
        1,
    ),
    (
        "cat /data/data; cat /system/build.prop",
        "cat: /data/data: Is a directory\ncat: /system/build.prop: Permission denied\n",
        1,
    ),
    ("echo a >a; cp a b; cat b; mkdir d; cp a b d; ls d", "a\na\nb\n", 0),
    ("mkdir -p d/e; echo x >d/e/f; ln -s f d/l; cp -r d n; cat n/e/f; readlink n/l", "x\nf\n", 0),
    ("mkdir d; cp d n", "cp: Skipped dir 'd'\n", 1),
    ("echo x >a; touch -d @5 a; cp -p a b; cp a c; stat -c %Y b c", "5\n1767225600\n", 0),
    ("cp nope b; cp a", "cp: bad 'nope': No such file or directory\ncp: Needs 2 arguments\n", 1),
    ("touch a b c; cp a b c", "cp: 'c' not directory\n", 1),
    ("echo 1 >a; echo 2 >b; cp -n a b; cat b", "2\n", 0),
    ("echo 1 >a; i=$(stat -c %i a); mv a b; [ $i = $(stat -c %i b) ]; ls", "b\n", 0),
    ("echo 1 >a; mv a /sdcard/Download/; ls; cat /sdcard/Download/a", "1\n", 0),
    (
        "mkdir d; touch a; mv a d; ls d; mv nope d",
        "a\nmv: bad 'nope': No such file or directory\n",
        1,
    ),
    (
        ("echo x | tee a b; echo y | tee -a a >/dev/null; cat a b; tee /nope/x </dev/null"),
        "x\nx\ny\nx\ntee: /nope/x: No such file or directory\n",
        1,
    ),
    ("dd if=/dev/zero of=z bs=1k count=3 2>/dev/null; stat -c %s z", "3072\n", 0),
    (
        "echo abcdef | dd bs=2 skip=1 count=1 2>/dev/null; dd if=/nope bs=x",
        "cddd: bad number 'x'\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_copying(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_copying_onto_a_full_phone(bench: Bench) -> None:
    bench.fs.write("/data/local/tmp/a", b"x" * 100, uid=2000)
    bench.fs.free_bytes = 10
    result = bench.run("cd /data/local/tmp; cp a b; dd if=/dev/zero of=c bs=20 count=9")

    assert result.err.startswith("cp: b: No space left on device\n")
    assert "dd: c: No space left on device\n" in result.err
