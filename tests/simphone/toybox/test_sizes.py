from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "df -k /data",
        (
            "Filesystem      1K-blocks     Used Available Use% Mounted on\n"
            "/dev/block/dm-9 125000000 37500000  87500000  30% /data\n"
        ),
        0,
    ),
    (
        "df -h /sdcard | tail -1; df /nope",
        (
            "/dev/fuse  119G  36G   83G  30% /storage/emulated\n"
            "df: /nope: No such file or directory\n"
        ),
        1,
    ),
    ("df | grep -c .; df | grep -c proc", "11\n0\n", 1),
    (
        "mkdir d; truncate -s 5000 d/f; du -k d; du -sb d; du -ah d; du nope",
        "12\td\n9096\td\n8.0K\td/f\n12K\td\ndu: nope: No such file or directory\n",
        1,
    ),
    ('nproc; free -k | tail -1 | tr -s " "', "8\nMem: 7600000 4400000 3200000 0 0\n", 0),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_sizes(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_a_full_phone_says_so(bench: Bench) -> None:
    bench.fs.free_bytes = 0

    assert "125000000 125000000         0 100% /data" in bench.run("df -k /data").out
