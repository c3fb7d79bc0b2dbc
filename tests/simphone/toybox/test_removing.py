from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "touch a b; rm a; ls; rm nope; rm -f nope; echo $?",
        "b\nrm: nope: No such file or directory\n0\n",
        0,
    ),
    ("mkdir -p d/e; rm d; rm -r d; ls", "rm: d: is directory\n", 0),
    ("mkdir d; touch d/f; rmdir d; rm d/f; rmdir d; ls", "rmdir: d: Directory not empty\n", 0),
    ("mkdir -p a/b/c; rmdir -p a/b/c; ls; touch f; rmdir f", "rmdir: f: Not a directory\n", 1),
    ("rm", "rm: Needs 1 argument\n", 1),
    ("rm /etc/hosts", "rm: /etc/hosts: Read-only file system\n", 1),
    ("touch a; unlink a; unlink a", "unlink: a: No such file or directory\n", 1),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_removing(bench: Bench, row: Row) -> None:
    check(bench, row)
