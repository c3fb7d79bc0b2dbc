"""Runs a command that cannot outlive the process that asked for it. Started by path.

    python -I -S tether.py PARENT_PID COMMAND…

On Linux the kernel kills the command when its parent's thread ends (PR_SET_PDEATHSIG,
kept across exec), so it takes over this process and its pid. Elsewhere this process
stays, watches the parent and kills the command.
"""

import os
import signal
import subprocess
import sys
import time

_PR_SET_PDEATHSIG = 1
_LOOK = 0.5  # seconds between two looks at the parent


def _bind_to_parent(parent: int) -> None:
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we were bound
        sys.exit(1)


def _watch(parent: int, command: list[str]) -> int:
    child = subprocess.Popen(command)

    def end(_signal: int, _frame: object) -> None:
        child.terminate()

    signal.signal(signal.SIGTERM, end)
    while child.poll() is None:
        if os.getppid() != parent:
            child.kill()
        time.sleep(_LOOK)
    return child.returncode


def main(arguments: list[str]) -> int:
    """Becomes the command, or waits for it."""
    parent, command = int(arguments[0]), arguments[1:]
    if sys.platform == "linux":
        _bind_to_parent(parent)
        os.execvp(command[0], command)  # noqa: S606 - the argument list is the caller's own
    return _watch(parent, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
