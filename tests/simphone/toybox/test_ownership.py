from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    ("touch f; chmod 640 f; chmod u+x,g-r,o=w f; stat -c %a f", "702\n", 0),
    (
        "mkdir -p d/e; chmod -R 700 d; stat -c %a d d/e; chmod -w d; stat -c %a d",
        "700\n700\n500\n",
        0,
    ),
    ("touch f; chmod zz f; chmod 7", "chmod: bad mode 'zz'\nchmod: Needs 2 arguments\n", 1),
    ("chmod 777 /data/local", "chmod: chmod '/data/local' to 777: Operation not permitted\n", 1),
    (
        "touch f; chown root f; chgrp 1015 f; stat -c %U:%G f",
        "chown: 'f': Operation not permitted\nshell:sdcard_rw\n",
        0,
    ),
    ("touch f; chown nobodyhere f", "chown: no user 'nobodyhere'\n", 1),
    (
        "touch f; chcon u:object_r:x:s0 f; restorecon f; chcon x nope",
        "chcon: nope: No such file or directory\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_ownership(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_root_gives_files_away(bench: Bench) -> None:
    row = ("touch f; chown u0_a142:ext_data_rw f; stat -c '%u %g' f", "10142 1078\n", 0)
    check(bench, row, uid=0)
