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
from pathlib import Path


class OrphanWatch:
    """A thread that waits for the end of standard input."""

    def __init__(self) -> None:
        self.orphaned = False
        """True once the process that started us was gone."""

    def start(self) -> None:
        """Call once, when mitmproxy handles SIGTERM already."""
        threading.Thread(target=self._wait, name="harness-orphan", daemon=True).start()

    def _wait(self) -> None:
        descriptor = sys.stdin.fileno()
        while os.read(descriptor, 1024):
            pass
        self.orphaned = True
        os.kill(os.getpid(), signal.SIGTERM)

    def clean(self, private: Path) -> None:
        """Removes the folder with the CA's key if no one is left who would."""
        if self.orphaned:
            shutil.rmtree(private, ignore_errors=True)
