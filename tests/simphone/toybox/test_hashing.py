from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "printf abc | md5sum; printf abc | sha1sum -b",
        ("900150983cd24fb0d6963f7d28e17f72  -\na9993e364706816aba3e25717850c26c9cd0d89d\n"),
        0,
    ),
    (
        "printf abc >f; sha256sum f; sha256sum nope",
        (
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  f\n"
            "sha256sum: nope: No such file or directory\n"
        ),
        1,
    ),
    (
        ("printf abc >f; md5sum f >s; md5sum -c s; printf x >f; md5sum -c s; rm f; md5sum -c s"),
        "f: OK\nf: FAILED\nmd5sum: f: No such file or directory\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_hashing(bench: Bench, row: Row) -> None:
    check(bench, row)
