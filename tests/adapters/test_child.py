import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from harness.adapters import child
from harness.ports import InstrumentError

SLEEP = [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"]


def test_output_goes_to_the_file(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "a.log"

    process = child.start("tools", [sys.executable, "-c", "print('hello')"], output=log)
    process.wait(10)

    assert log.read_text() == "hello\n"


def test_a_pipe_is_read_by_the_caller() -> None:
    process = child.start("tools", [sys.executable, "-c", "print('hello')"], pipe=True)

    assert process.stdout is not None
    assert process.stdout.read() == b"hello\n"
    child.stop(process)


def test_stopping_ends_it_and_can_be_repeated() -> None:
    process = child.start("tools", SLEEP)

    assert child.stop(process) is not None
    assert child.stop(process) is not None
    assert not psutil.pid_exists(process.pid)


def test_what_ignores_sigterm_is_killed() -> None:
    code = (
        "import signal,time; signal.signal(15, signal.SIG_IGN);print(1, flush=True); time.sleep(60)"
    )
    process = child.start("tools", [sys.executable, "-c", code], pipe=True)
    assert process.stdout is not None
    process.stdout.readline()

    assert child.stop(process, timeout=0.3) == -9


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="start adb"):
        child.start("adb", ["adb"], cwd=tmp_path / "absent")


def test_free_ports_can_be_bound() -> None:
    assert 0 < child.free_port() < 65536


def test_a_child_dies_with_its_parent_even_on_sigkill(tmp_path: Path) -> None:
    code = (
        "import sys,time;from harness.adapters import child;"
        f"p=child.start('tools',{SLEEP!r});print(p.pid,flush=True);time.sleep(60)"
    )
    root = str(Path(__file__).resolve().parents[2])
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait(10)
    parent.stdout.close()

    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.02)

    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
