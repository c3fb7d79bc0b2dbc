from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    ("mkdir a; echo hi >a/f; ls a; ls -d a; ls -1 a/f", "f\na\na/f\n", 0),
    ("ls /nope; echo $?", "ls: /nope: No such file or directory\n1\n", 0),
    ("ls /data/data", "ls: /data/data: Permission denied\n", 1),
    (
        "echo hi >f; touch -d @0 f; ls -l f; ls -ln f",
        (
            "-rw-rw-rw- 1 shell shell 3 1970-01-01 00:00 f\n"
            "-rw-rw-rw- 1 2000 2000 3 1970-01-01 00:00 f\n"
        ),
        0,
    ),
    (
        "ls -ld /sdcard",
        "lrwxrwxrwx 1 root root 21 2026-01-01 00:00 /sdcard -> /storage/self/primary\n",
        0,
    ),
    ("touch a .b; ls; ls -a; ls -A", "a\n.\n..\n.b\na\n.b\na\n", 0),
    ("mkdir -p a/b; touch a/b/c; ls -R a", "a:\nb\n\na/b:\nc\n", 0),
    ("touch -d @9 old; touch new; ls -t; ls -tr", "new\nold\nold\nnew\n", 0),
    ("echo 123 >big; touch sm; ls -S; ls -s big", "big\nsm\n1 big\n", 0),
    (
        ('ls -i f 2>/dev/null; touch f; [ "$(ls -i f)" = "$(stat -c %i f) f" ] && echo same'),
        "same\n",
        0,
    ),
    ("mkdir d; touch x; chmod +x x; ls -F; ls -p", "d/\nx*\nd/\nx\n", 0),
    ("touch x; ls -Z x", "u:object_r:shell:s0 x\n", 0),
    ("ls --nope", "ls: Unknown option 'nope' (see \"ls --help\")\n", 1),
    ("ls -k", "ls: Unknown option 'k' (see \"ls --help\")\n", 1),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_ls(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_a_long_listing_of_an_apps_folder(bench: Bench) -> None:
    bench.fs.mkdir("/sdcard/Android/data/a.b/files", uid=10142, parents=True)
    result = bench.run("ls -la /sdcard/Android/data/a.b")

    assert result.out == (
        "total 12\n"
        "drwxrws--- 3 u0_a142  ext_data_rw 4096 2026-01-01 00:00 .\n"
        "drwxrws--- 3 media_rw ext_data_rw 4096 2026-01-01 00:00 ..\n"
        "drwxrws--- 2 u0_a142  ext_data_rw 4096 2026-01-01 00:00 files\n"
    )
