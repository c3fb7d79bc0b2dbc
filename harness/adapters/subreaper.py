"""Runs a command and ends all that came of it. Started by path, with a pipe as standard input.

    python -I -S subreaper.py COMMAND…

Appium starts adb, and adb starts a server that leaves its session and its group when none
answers; neither a parent-death signal nor a group reaches those. On Linux this process is
their reaper (PR_SET_CHILD_SUBREAPER: what loses its parent becomes its child), so it finds
them all. It ends them when the command has ended, or when standard input does: the other end
of that pipe is held by the process that asked for the command, and by nobody else. SIGTERM is
handed on to the command. Elsewhere than on Linux the command's group is what it can end.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PAUSE = 0.01  # seconds between two looks at what is still there
_LONGEST = 20.0  # seconds; a process in an uninterruptible wait is left to the kernel


def parents(table: Path = Path("/proc")) -> dict[int, int]:
    """Parent of each process of this machine, by pid; empty where there is no such table."""
    found: dict[int, int] = {}
    for stat in table.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            after_name = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            found[int(stat.parent.name)] = int(after_name[1])
    return found


def descendants(of: int, table: dict[int, int]) -> set[int]:
    """All that `of` started, and what those started."""
    found: set[int] = set()
    new = {of}
    while new:
        new = {pid for pid, parent in table.items() if parent in new} - found
        found |= new
    return found


def _prctl(option: int, value: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _die_with_parent() -> None:
    """Runs in the command's process: if we are killed, it goes as well."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _only_wake(_signal: int, _frame: object) -> None:
    """Without a function of ours the signal would not reach the wake-up pipe."""


def _hand_on_to(pid: int) -> Callable[[int, object], None]:
    def hand_on(number: int, _frame: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    return hand_on


def _reap() -> dict[int, int]:
    """Exit statuses of children that have ended, by pid."""
    ended: dict[int, int] = {}
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            ended[pid] = os.waitstatus_to_exitcode(status)
    return ended


def end_all(group: int) -> None:
    """Kills whatever is left, again and again until nothing is: it may be starting more."""
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        for pid in descendants(os.getpid(), parents()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _reap()
        try:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        time.sleep(_PAUSE)


def run(command: list[str]) -> int:
    """The command's exit code; 128 and the signal's number where a signal ended it."""
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, _only_wake)
    linux = sys.platform == "linux"
    if linux:
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=_die_with_parent if linux else None,  # noqa: PLW1509 - this process has one thread
    )
    signal.signal(signal.SIGTERM, _hand_on_to(process.pid))
    code: int | None = None
    while code is None:
        ready, _, _ = select.select([sys.stdin.fileno(), wake], [], [])
        if wake in ready:
            os.read(wake, 4096)
            code = _reap().get(process.pid)
        elif not os.read(sys.stdin.fileno(), 4096):
            code = -signal.SIGKILL
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_all(process.pid)
    process.returncode = code  # reaped above: its Popen must not look for it
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
