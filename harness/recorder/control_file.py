"""The orders to the running recorder, looked at on each use."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.proxy.orders import Orders, read_orders

_NONE = Orders()


class ControlFile:
    """Reads the file again whenever it was replaced; an unreadable one changes nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._orders = _NONE

    def orders(self) -> Orders:
        """The orders as of now: one `stat`, and a read where it changed."""
        if self._path is None:
            return _NONE
        try:
            status = self._path.stat()
        except OSError:
            return self._orders  # not there yet
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            self._orders = read_orders(self._path) or self._orders
            self._seen = seen
        return self._orders
