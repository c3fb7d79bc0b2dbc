"""What a host keeps of the lab's jobs, and for how long."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

from harness.adapters.places import state_folder

RUNS_KEPT = 86_400.0
"""Seconds: time enough to fetch what a dead client or scheduler has left here."""

NOTES_KEPT = 30 * 86_400.0
"""Seconds that a host remembers which jobs it began."""


def runs_folder() -> Path:
    """Where a host keeps the runs it made for the lab, by job."""
    return state_folder() / "lab" / "runs"


def notes_folder() -> Path:
    """A file for each job that was begun here."""
    return state_folder() / "lab" / "begun"


def forget_old(*, wall: float | None = None) -> int:
    """Removes what is older than that; how many entries went. What cannot go now stays."""
    now = time.time() if wall is None else wall
    gone = 0
    for folder, kept in ((runs_folder(), RUNS_KEPT), (notes_folder(), NOTES_KEPT)):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            with suppress(OSError):
                if now - entry.lstat().st_mtime <= kept:
                    continue
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
                gone += 1
    return gone
