"""Touches a file while mitmproxy's loop turns, so that whoever started us sees it stand still."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

EVERY = 1.0
"""Seconds between two signs."""


class SignOfLife:
    """A tick of the heartbeat; it works on a full disk as well."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._last = 0.0

    def use(self, file: Path) -> None:
        """From now on this file, which is there."""
        self._file = file

    def tick(self, now: float) -> None:
        """`now`: monotonic seconds."""
        if self._file is None or now - self._last < EVERY:
            return
        self._last = now
        with contextlib.suppress(OSError):
            os.utime(self._file)
