from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        ("id -u; id -un; id -Z; id -G | cut -c1-9; id | cut -d' ' -f1-2; id root | cut -d' ' -f1"),
        ("2000\nshell\nu:r:shell:s0\n2000 1004\nuid=2000(shell) gid=2000(shell)\nuid=0(root)\n"),
        0,
    ),
    (
        ("whoami; uname; uname -m; getenforce; hostname; groups | cut -d' ' -f1; id nope"),
        "shell\nLinux\naarch64\nEnforcing\nlocalhost\nshell\nid: bad user 'nope'\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_who(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_root(bench: Bench) -> None:
    result = bench.run("id", uid=0)

    assert result.out.startswith("uid=0(root) gid=0(root) groups=0(root),1004(input)")
    assert result.out.endswith("context=u:r:su:s0\n")
