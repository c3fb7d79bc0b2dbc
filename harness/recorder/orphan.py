"""Ends the proxy when the process that started it is gone, also by SIGKILL.

Our standard input is a pipe whose other end only that process holds: its end is
theirs. A parent-death signal would fire when the starting thread ends, and is Linux's.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

LONGEST_END = 5.0
"""Seconds in which the capture must be closed; a full disk or a stuck loop is not waited for."""


class OrphanWatch:
    """A thread that waits for the end of standard input."""

    def __init__(self) -> None:
        self.orphaned = False
        """True once the process that started us was gone."""
        self.closing_works = False
        """Set when mitmproxy runs, and so closes the capture in order on SIGTERM."""

    def start(self, private: Path) -> None:
        """Call once, as early as can be. `private`: the folder with the CA's key."""
        threading.Thread(
            target=self._wait, args=(private,), name="harness-orphan", daemon=True
        ).start()

    def _wait(self, private: Path) -> None:
        descriptor = sys.stdin.fileno()
        while os.read(descriptor, 1024):
            pass
        self.orphaned = True
        if self.closing_works:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(LONGEST_END)
        self.clean(private)
        os.kill(os.getpid(), signal.SIGKILL)

    def clean(self, private: Path) -> None:
        """Removes the folder with the CA's key if no one is left who would."""
        if self.orphaned:
            shutil.rmtree(private, ignore_errors=True)
