"""What a program started goes with it, and with us; also what left its session and group."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from harness.adapters import child, subreaper

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the subreaper is Linux's")
FAMILY = (
    "sleep 60 & echo $!; setsid -f sh -c 'echo $$ >left; exec sleep 60'; echo $$; exec sleep 60"
)
"""A shell that starts one in its group, one in a session of its own whose parent is gone at
once (as adb starts its server), and becomes a third."""


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def gone(pids: list[int], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while any(lives(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not any(lives(pid) for pid in pids)


def family(process: subprocess.Popen[bytes], folder: Path) -> list[int]:
    assert process.stdout is not None
    pids = [int(process.stdout.readline()) for _ in range(2)]
    left = folder / "left"
    deadline = time.monotonic() + 10
    while not (left.exists() and left.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.01)
    pids.append(int(left.read_text()))
    assert all(lives(pid) for pid in pids)
    return pids


def started(folder: Path, command: str = FAMILY) -> subprocess.Popen[bytes]:
    return child.start("tools", ["sh", "-c", command], cwd=folder, pipe=True, tree=True)


@LINUX
def test_all_end_when_the_command_is_stopped(tmp_path: Path) -> None:
    process = started(tmp_path)
    pids = family(process, tmp_path)

    assert child.stop(process) == 128 + signal.SIGTERM
    assert gone(pids, 0.0)


@LINUX
def test_all_end_when_the_command_dies_by_itself(tmp_path: Path) -> None:
    process = started(tmp_path)
    pids = family(process, tmp_path)
    found = child.command_pid(process)
    assert found == pids[1]

    psutil.Process(found).kill()

    assert process.wait(10) == 128 + signal.SIGKILL
    assert gone(pids, 0.0)
    assert child.command_pid(process) is None
    child.stop(process)


@LINUX
def test_a_command_that_ignores_sigterm_takes_nothing_along(tmp_path: Path) -> None:
    process = started(tmp_path, f"trap '' TERM; {FAMILY}")
    pids = family(process, tmp_path)

    assert child.stop(process, timeout=0.3) == 128 + signal.SIGKILL
    assert gone(pids, 0.0)


PARENT = f"""
import sys, time
from harness.adapters import child
p = child.start("tools", ["sh", "-c", {FAMILY!r}], pipe=True, tree=True)
for _ in range(2):
    print(p.stdout.readline().decode().strip(), flush=True)
time.sleep(60)
"""


@LINUX
def test_all_end_when_the_process_that_asked_is_killed(tmp_path: Path) -> None:
    root = str(Path(subreaper.__file__).resolve().parents[2])
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": root},
    )
    pids = family(parent, tmp_path)
    everyone = [process.pid for process in psutil.Process(parent.pid).children(recursive=True)]
    parent.kill()
    parent.communicate(timeout=10)

    assert gone([*pids, *everyone])


@pytest.mark.parametrize(("command", "code"), [("exit 3", 3), ("kill -9 $$", 137), ("true", 0)])
def test_the_command_tells_how_it_ended(command: str, code: int, tmp_path: Path) -> None:
    process = started(tmp_path, command)

    assert process.wait(10) == code
    child.stop(process)


@pytest.mark.parametrize(
    ("of", "found"),
    [(1, {2, 3, 4}), (2, {3, 4}), (4, set[int]()), (9, set[int]())],
)
def test_descendants_are_those_of_those(of: int, found: set[int]) -> None:
    assert subreaper.descendants(of, {1: 0, 2: 1, 3: 2, 4: 3, 5: 0}) == found


def test_the_table_of_processes_is_read_past_odd_names(tmp_path: Path) -> None:
    for pid, line in {"7": "7 (a (b) c) S 3 7 7", "8": "8 (x) R 7 8", "9": "", "self": ""}.items():
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "stat").write_text(line)

    assert subreaper.parents(tmp_path) == {7: 3, 8: 7}
    assert subreaper.parents(tmp_path / "absent") == {}
