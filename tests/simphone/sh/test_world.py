from __future__ import annotations

import errno

import pytest

from harness.simphone.sh.world import NotRunnableError
from harness.simphone.storage.view import FsView
from tests.simphone.sh.bench import Bench


def test_programs_are_found_by_name_and_in_bin_folders(bench: Bench) -> None:
    world, view = bench.phone.shell.world, FsView(bench.fs, 2000)

    assert world.command("ls") is world.command("/bin/ls") is not None
    assert world.command("/sdcard/ls") is None
    assert world.path_of("ls", view) == "/system/bin/ls"
    assert world.path_of("/bin/ls", view) == "/bin/ls"
    assert world.path_of("nope", view) is None


@pytest.mark.parametrize(
    ("name", "status"),
    [("nope", 127), ("/nope", 127), ("/data/local/tmp", 126), ("/data/local/tmp/plain", 126)],
)
def test_what_cannot_run(bench: Bench, name: str, status: int) -> None:
    bench.fs.write("/data/local/tmp/plain", b"echo x", uid=2000)

    with pytest.raises(NotRunnableError) as caught:
        bench.phone.shell.world.script(name, FsView(bench.fs, 2000))
    assert caught.value.status == status


def test_signals_need_a_process_and_the_right(bench: Bench) -> None:
    send = bench.phone.shell.world.send_signal

    assert send(99999, 9, uid=0) == errno.ESRCH
    assert send(500, 9, uid=2000) == errno.EPERM
    assert send(500, 0, uid=0) == 0
    assert bench.phone.processes.ended == []
    assert send(500, 9, uid=0) == 0
    assert bench.phone.processes.ended == [("com.example.app", "signaled")]
