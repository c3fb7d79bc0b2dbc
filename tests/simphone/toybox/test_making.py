from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    ("mkdir a; mkdir a", "mkdir: 'a': File exists\n", 1),
    ("mkdir -p -- a/b; mkdir -p a/b; mkdir -m 700 c; stat -c %a a c", "777\n700\n", 0),
    (
        "mkdir x/y; mkdir /system/x",
        ("mkdir: 'x/y': No such file or directory\nmkdir: '/system/x': Read-only file system\n"),
        1,
    ),
    ("mkdir -m zz a", "mkdir: bad mode 'zz'\n", 1),
    ("touch a; touch -d @5 a; stat -c %Y a; touch a; stat -c %Y a", "5\n1767225600\n", 0),
    ('touch -c no; ls; touch -d "2026-01-02 03:04:05" a; stat -c %Y a', "1767323045\n", 0),
    ("touch -r /etc/hosts a; touch -d yesterdayish a", "touch: bad date 'yesterdayish'\n", 1),
    ("touch /nope/a", "touch: '/nope/a': No such file or directory\n", 1),
    (
        "ln -s t l; readlink l; ln -s t l; ln -sf u l; readlink l",
        "t\nln: cannot create symbolic link from 't' to 'l': File exists\nu\n",
        0,
    ),
    (
        "touch a; ln a b",
        "ln: cannot create hard link from 'a' to 'b': Operation not permitted\n",
        1,
    ),
    ("mkdir d; ln -s /x/y d; readlink d/y", "/x/y\n", 0),
    (
        (
            "f=$(mktemp); [ -f $f ] && echo ${f%.*}; d=$(mktemp -d q.XXXX); "
            "stat -c %a $f $d; mktemp nox"
        ),
        "/data/local/tmp/tmp\n600\n700\nmktemp: need XXXXXX at end of template\n",
        1,
    ),
    (
        ("truncate -s 10 t; stat -c %s t; truncate -s 2 t; stat -c %s t; truncate -s x t"),
        "10\n2\ntruncate: bad number 'x'\n",
        1,
    ),
    (
        "fallocate -l 2k f; stat -c %s f; fallocate -l 900g g",
        "2048\nfallocate: fallocate: No space left on device\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_making(bench: Bench, row: Row) -> None:
    check(bench, row)
