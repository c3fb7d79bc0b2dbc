"""How full the data volume is."""

from __future__ import annotations

import errno
import os

DEFAULT_TOTAL = 128 * 1000**3
DEFAULT_FREE_SHARE = 0.7


class Capacity:
    """Free bytes of the volume behind /data and /sdcard.

    Counts what is written through the phone's file system. `free_bytes` may be
    set at any time: that is the "storage full" fault.
    """

    def __init__(self, total_bytes: int = DEFAULT_TOTAL) -> None:
        self.total_bytes = total_bytes
        self.free_bytes = int(total_bytes * DEFAULT_FREE_SHARE)
        self.crowded = False
        """Others on the phone take at once whatever becomes free."""

    def take(self, size: int, path: str) -> None:
        """Uses `size` bytes (gives back if negative); raises ENOSPC."""
        if size > 0 and size > self.free_bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        if size >= 0 or not self.crowded:
            self.free_bytes = min(self.total_bytes, self.free_bytes - size)
