from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "mkdir d; echo x >d/f; ln -s f d/l; tar -cf - d | tar -tf -; "
            "tar cf a.tar d; rm -r d; tar xf a.tar; cat d/l"
        ),
        "d/\nd/f\nd/l\nx\n",
        0,
    ),
    (
        (
            "mkdir d o; echo x >d/f; tar -czf a.tgz -C d f; tar xzf a.tgz -C o; "
            "cat o/f; tar tf a.tgz nope; tar cf x nope; tar"
        ),
        "x\ntar: nope: No such file or directory\ntar: Needs -txc\n",
        1,
    ),
    (
        (
            "echo hello >f; gzip f; ls; zcat f.gz; gunzip f.gz; cat f; echo x | "
            "gzip -c | gunzip; gzip -k f; ls; echo no | gunzip; gzip nope"
        ),
        (
            "f.gz\nhello\nhello\nx\nf\nf.gz\ngunzip: -: not in gzip format\n"
            "gzip: nope: No such file or directory\n"
        ),
        1,
    ),
    (
        (
            "echo x >b; tar xf b; echo $?; sh -c 'mkdir d; touch -d @5 d/f; "
            "tar cf - d | tar xvf - >/dev/null; stat -c %Y d/f'"
        ),
        "tar: bad header\n1\n5\n",
        0,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_archives(bench: Bench, row: Row) -> None:
    check(bench, row)
