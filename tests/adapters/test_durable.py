"""Durable files are whole, private, and name their writer."""

import os
import stat
from pathlib import Path

import psutil

from harness.adapters.durable import other_process_lives, process_started, write_durably


def test_a_file_is_replaced_as_a_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "state" / "x.json"
    write_durably(file, b"first")
    write_durably(file, b"second")
    assert file.read_bytes() == b"second"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["x.json"]


def test_we_are_not_another_process_and_a_pid_used_again_is_not_the_old_one() -> None:
    parent = psutil.Process(os.getppid())
    assert not other_process_lives(os.getpid(), process_started())
    assert other_process_lives(parent.pid, parent.create_time())
    assert not other_process_lives(parent.pid, parent.create_time() - 60)
    assert not other_process_lives(2**22 - 3, 0.0)
