"""Looks after the disk: bodies give way first, then lines; each loss is counted and said.

A capture must neither fill a disk nor fall silent on a full one. How many lines were
lost is told outside of the capture (adapters/proxy/losses.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

LARGEST_DUMP = 256 * 1024 * 1024
"""Bytes of one capture.mitm; what ends after that is kept by its line alone."""
KEEP_FREE = 200 * 1024 * 1024
"""Bytes of the disk that bodies leave to the lines and to everybody else."""
MOST_LINES = 1_000_000
"""Of one capture."""
_PAUSE = 5.0  # seconds without bodies after the disk refused one


def _free(path: Path) -> int:
    return shutil.disk_usage(path).free


class DiskCare:
    """Asked before each body; told of each failure."""

    def __init__(self, *, free: Callable[[Path], int] = _free) -> None:
        self._free = free
        self._folder: Path | None = None
        self._short = False
        self._refused_until = 0.0
        self._now = 0.0
        self.reason: str | None = None
        """Why bodies are not saved at the moment."""

    def may_save(self, size: int, folder: Path) -> bool:
        """Whether a body may be appended to a dump that has `size` bytes in `folder`."""
        self._folder = folder
        if size >= LARGEST_DUMP:
            self.reason = f"the dump has reached {LARGEST_DUMP >> 20} MiB"
        elif self._now < self._refused_until:
            self.reason = "the disk is full"
        elif self._short:
            self.reason = f"less than {KEEP_FREE >> 20} MiB of the disk are free"
        else:
            self.reason = None
        return self.reason is None

    def refused(self) -> None:
        """The disk took no more: bodies pause, so that lines have what room there is."""
        self._refused_until = self._now + _PAUSE

    def tick(self, now: float) -> None:
        """Looks at the free space; call it with the heartbeat, not with each flow."""
        self._now = now
        if self._folder is not None:
            try:
                self._short = self._free(self._folder) < KEEP_FREE
            except OSError:
                self._short = False  # a disk that cannot be asked is found full by writing
