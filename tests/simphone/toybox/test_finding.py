from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    ("mkdir -p a/b; touch a/f a/b/g; find a", "a\na/b\na/b/g\na/f\n", 0),
    (
        (
            "mkdir -p a/b; touch a/f a/b/g; find a -type f -name '[fg]'; "
            "find a -maxdepth 1 -mindepth 1; find a -depth"
        ),
        "a/b/g\na/f\na/b\na/f\na/b/g\na/b\na/f\na\n",
        0,
    ),
    (
        (
            "echo 12345 >f; touch e; find . -size +3c -type f; find . -empty; "
            "find . -type f ! -empty"
        ),
        "./f\n./e\n./f\n",
        0,
    ),
    (
        (
            "touch -d @5 o; touch n; find . -mtime +1; find . -newer o -type f; "
            "find . -mmin -5 -type f"
        ),
        "./o\n./n\n./n\n",
        0,
    ),
    (
        "touch a b; find . -type f -exec echo {} +; find . -type f -exec echo - {} \\;",
        "./a ./b\n- ./a\n- ./b\n",
        0,
    ),
    (
        (
            "touch a b; find . -name a -o -name b; find . -name a -delete; ls; "
            "find . \\( -name a -o -name b \\) -print"
        ),
        "./a\n./b\nb\n./b\n",
        0,
    ),
    (
        (
            "touch a; chmod 600 a; find . -perm 600; find . -user shell -type f; "
            "find . -user root; find . -perm -400 -type f -print0 | tr '\\0' ,"
        ),
        "./a\n./a\n./a,",
        0,
    ),
    ("find nope", "find: nope: No such file or directory\n", 1),
    ("find . -nope", "find: '-nope' needs 1 arg\n", 1),
    ("find . -nope x", "find: bad arg '-nope'\n", 1),
    ("find /data/data", "/data/data\nfind: /data/data: Permission denied\n", 1),
    ("touch a; find . -type f -exec sha256sum {} + | cut -c1-8", "e3b0c442\n", 0),
    (
        ("touch a; find . -type f -exec false {} +; echo $?; find . -iname A -path './*' -true"),
        "1\n./a\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_finding(bench: Bench, row: Row) -> None:
    check(bench, row)
