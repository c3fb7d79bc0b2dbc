"""`toybox` itself, and which programs a version has."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harness.simphone.fleet import Fleet, Wish
from harness.simphone.toybox import COMMANDS
from harness.simphone.toybox.versions import NOT_TOYBOX, lacking, number, part_of_toybox
from tests.simphone.collected import shell
from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    ("toybox echo a b; toybox --version", "a b\ntoybox 0.8.9-android\n", 0),
    ("toybox nope", "toybox: Unknown command nope\n", 1),
    ("toybox | tr ' ' '\\n' | grep -cx -e ls -e stat -e ip", "2\n", 0),
    ("toybox --long | tr ' ' '\\n' | grep -x /system/bin/md5sum", "/system/bin/md5sum\n", 0),
    ("toybox --help ls | cut -c1-9", "usage: ls\n", 0),
    ("toybox false", "", 1),
    ("usleep 10; usleep x", "usleep: not integer: x\n", 1),
    ("tty; tty -s; logname", "not a tty\nshell\n", 0),
    ("mountpoint /data; mountpoint -q /data/local || echo no; mountpoint /data/local",
     "/data is a mountpoint\nno\n/data/local is not a mountpoint\n", 1),
    ("printf 'a\\nb\\n' > f; unix2dos f; od -c f | head -1; dos2unix < f; dos2unix nope",
     "0000000   a  \\r  \\n   b  \\r  \\n\na\nb\ndos2unix: nope: No such file or directory\n", 1),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_programs(bench: Bench, row: Row) -> None:
    check(bench, row)


@pytest.mark.parametrize(
    ("api", "there", "missing"),
    [
        (26, "ls stat tar gzip sha256sum grep dd ping", "nproc nsenter uuidgen nc rev unlink"),
        (28, "ls grep dd", "nproc nc"),
        (29, "nproc nsenter uuidgen nc rev unlink", "curl"),
        (36, "nproc toybox", "curl"),
    ],
)
def test_a_version_has_what_it_came_with(
    tmp_path: Path, api: int, there: str, missing: str
) -> None:
    async def main() -> tuple[str, str]:
        fleet = Fleet([Wish("one", api=api)], tmp_path)
        await fleet.start()
        try:
            phone = fleet.running[0].phone
            found = await shell(phone, f"for p in {there} {missing}; do which $p; done")
            return found[1], (await shell(phone, f"{missing.partition(' ')[0]}; echo $?"))[1]
        finally:
            await fleet.stop()

    found, answer = asyncio.run(main())
    assert [path.rpartition("/")[2] for path in found.split()] == there.split()
    assert answer == "127\n"


def test_what_belongs_to_toybox() -> None:
    assert lacking(29) == {"remount"}
    assert lacking(30) == frozenset()
    assert lacking(26) <= {*COMMANDS, "remount"}
    assert {*COMMANDS, "remount"} >= NOT_TOYBOX
    assert [part_of_toybox(name, 26) for name in ("ls", "grep", "ping", "nc", "su")] == [
        True, False, False, False, False,
    ]  # fmt: skip
    assert [part_of_toybox(name, 34) for name in ("ls", "grep", "ping", "nc", "su")] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert [number(api) for api in (26, 27, 32, 36)] == ["0.7.3", "0.7.3", "0.8.4", "0.8.12"]
