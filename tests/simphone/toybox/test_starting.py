from __future__ import annotations

import pytest

from harness.simphone.contracts import PhoneSpec
from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "echo '1 2 3' | xargs -n1 echo n; echo 'a b' | xargs; printf 'x y\\nz\\n' | "
            "xargs -I @ echo '[@]' 2>/dev/null; printf 'a b\\0c' | xargs -0 -n1 echo"
        ),
        "n 1\nn 2\nn 3\na b\na b\nc\n",
        0,
    ),
    (
        (
            "echo x | xargs false; echo $?; echo x | xargs nope 2>/dev/null; echo $?; "
            "xargs -r echo no </dev/null; echo 1 | xargs -t echo"
        ),
        "123\n127\necho 1\n1\n",
        0,
    ),
    (
        ("timeout 0.05 sleep 9; echo $?; timeout 5 sh -c 'exit 3'; echo $?; timeout x true"),
        "124\n3\ntimeout: bad time 'x'\n",
        1,
    ),
    ("setsid sh -c 'echo $1' a b; nohup echo hi; nice -n 5 echo n", "b\nhi\nn\n", 0),
    (
        (
            "env A=1 sh -c 'echo $A'; env -i B=2 env; env -u HOME printenv HOME; "
            "echo $?; printenv USER"
        ),
        "1\nB=2\n1\nshell\n",
        0,
    ),
    (
        "su 0 id -u; su -c 'id -un'; su shell id -u; su nobodyhere id",
        "0\nroot\n2000\nsu: invalid uid/gid 'nobodyhere'\n",
        1,
    ),
    ("time true 2>&1 | grep -c real", "1\n", 0),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_starting(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_retail_phones_have_no_su(bench: Bench) -> None:
    bench.phone.spec = PhoneSpec("retail", profile="retail")
    result = bench.run("su 0 id")

    assert (result.rc, result.err) == (127, "/system/bin/sh: su: inaccessible or not found\n")
