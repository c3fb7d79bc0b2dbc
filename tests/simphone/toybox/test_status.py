from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        ("echo hi >f; touch -d @5.25 f; stat -c '%s|%Y|%u|%n' f; stat -c '%U %G %a %A %F %h' f"),
        "3|5|2000|f\nshell shell 666 -rw-rw-rw- regular file 1\n",
        0,
    ),
    (
        "touch -d @5.25 f; stat -c '%y %z' f | cut -c1-37",
        "1970-01-01 00:00:05.250000000 +0000 2\n",
        0,
    ),
    (
        "stat -c '%F %N' /sdcard; stat -Lc %F /sdcard; stat -c %F /dev/null",
        ("symbolic link `/sdcard' -> `/storage/self/primary'\ndirectory\ncharacter device\n"),
        0,
    ),
    ("stat -c %Y nope", "stat: 'nope': No such file or directory\n", 1),
    ("stat -c %q /sdcard", "stat: bad -c '%q'\n", 1),
    (
        "stat /sdcard | head -1; stat /sdcard | grep -c Inode",
        "  File: `/sdcard' -> `/storage/self/primary'\n1\n",
        0,
    ),
    ("stat -f -c %S /data", "4096\n", 0),
    (
        "readlink /sdcard; readlink -f /sdcard/DCIM; readlink /data; echo $?",
        "/storage/self/primary\n/storage/emulated/0/DCIM\n1\n",
        0,
    ),
    (
        "realpath /sdcard/x; realpath -m /a/../b/c; realpath .",
        "realpath: /sdcard/x: No such file or directory\n/b/c\n/data/local/tmp\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_status(bench: Bench, row: Row) -> None:
    check(bench, row)
