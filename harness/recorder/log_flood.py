"""Bounds what mitmdump prints and what is kept of it: a fault that repeats is said, not repeated.

Without a free file descriptor asyncio reports each waiting connection each second, with a
traceback: some megabytes a minute.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

BURST = 20
"""Lines of one place in the code that pass in one span."""
SPAN = 60.0
"""Seconds."""
_TRACEBACKS = 3  # of one place and span; the others come as one line


@dataclass(slots=True)
class _Place:
    """What one line of code has logged in the span that began at `begun`."""

    begun: float
    passed: int = 0
    held: int = 0


class LogFlood(logging.Filter):
    """For warnings and errors; a filter of handlers, asked once for each record."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._places: dict[tuple[str, int, int], _Place] = {}
        self._decided: tuple[logging.LogRecord, bool] | None = None
        self._on: list[logging.Handler] = []

    def attach(self, handlers: Iterable[logging.Handler]) -> None:
        """Starts bounding these handlers."""
        for handler in handlers:
            handler.addFilter(self)
            self._on.append(handler)

    def detach(self) -> None:
        """Stops."""
        for handler in self._on:
            handler.removeFilter(self)
        self._on.clear()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        if self._decided is None or self._decided[0] is not record:  # another handler asks again
            self._decided = record, self._passes(record)
        return self._decided[1]

    def _passes(self, record: logging.LogRecord) -> bool:
        now, key = self._clock(), (record.pathname, record.lineno, record.levelno)
        place = self._places.get(key)
        if place is None or now - place.begun >= SPAN:
            held = place.held if place else 0
            place = self._places[key] = _Place(now)
            if held:
                record.msg = f"{record.getMessage()} (and {held} more like it before)"
                record.args = None
        if place.passed >= BURST:
            place.held += 1
            return False
        place.passed += 1
        if place.passed > _TRACEBACKS and record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} [{record.exc_info[1]!r}]"
            record.args = record.exc_info = record.exc_text = None
        return True
