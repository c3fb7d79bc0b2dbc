from __future__ import annotations

import pytest

from harness.simphone.sh.conditions import ConditionError, holds
from harness.simphone.storage.view import FsView
from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False), ("x", True), ("-n x", True), ("-z x", False), ("! x", False),
        ("a = a", True), ("a != a", False), ("a < b", True), ("2 -lt 10", True),
        ("10 -eq 010", True), ("x -a -z x", False), ("x -o -z x", True),
        ("( x -a y ) -a ! -z z", True), ("-n", True), ("= = =", True),
        ("-e /sdcard", True), ("-d /sdcard", True), ("-L /sdcard", True), ("-f /sdcard", False),
        ("-e /nope", False), ("-c /dev/null", True), ("-w /system", False),
        ("-w /data/local/tmp", True), ("-r /data/data", False), ("-x /system/bin/ls", True),
        ("-s /data/local/tmp/old", True), ("-O /data/local/tmp/old", True),
        ("/data/local/tmp/new -nt /data/local/tmp/old", True),
        ("/data/local/tmp/new -ot /data/local/tmp/old", False),
        ("/data/local/tmp/old -ot /data/local/tmp/new", True),
        ("/data/local/tmp/old -nt /nope", True),
        ("/sdcard -ef /storage/emulated/0", True), ("-t 1", False),
    ],
)  # fmt: skip
def test_conditions(bench: Bench, text: str, expected: bool) -> None:
    bench.fs.write("/data/local/tmp/old", b"x", uid=2000, mtime=1000)
    bench.fs.write("/data/local/tmp/new", b"x", uid=2000, mtime=2000)

    assert holds(text.split(), FsView(bench.fs, 2000)) is expected


@pytest.mark.parametrize("text", ["1 -eq x", "( a", "a b", "a = b c"])
def test_nonsense(bench: Bench, text: str) -> None:
    with pytest.raises(ConditionError):
        holds(text.split(), FsView(bench.fs, 2000))
