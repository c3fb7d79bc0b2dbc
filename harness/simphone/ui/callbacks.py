"""Runs what apps hang onto their views, without letting a slow one block the screen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

_log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that an input event waits for its callback.

A tap on a phone returns when the event is delivered, not when the app has done
all that follows; still most callbacks end at once, and waiting for those makes
"tap, then look" dependable.
"""


class Callbacks:
    """Tasks of apps' callbacks, by package."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._tasks: dict[asyncio.Task[None], str] = {}

    async def run(self, package: str, callback: Awaitable[None]) -> None:
        """Waits for the callback up to the patience, then lets it go on alone.

        Raises what the callback raised in that time.
        """
        task = asyncio.create_task(_await(callback), name=f"ui callback of {package}")
        self._tasks[task] = package
        task.add_done_callback(self._done)
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if done and not task.cancelled():
            task.result()

    def cancel(self, package: str) -> None:
        """The package's process is gone: its callbacks end, but not the one that asks this."""
        current = asyncio.current_task() if self._tasks else None
        for task, owner in list(self._tasks.items()):
            if owner == package and task is not current:
                task.cancel()

    def _done(self, task: asyncio.Task[None]) -> None:
        package = self._tasks.pop(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("a view callback of %s failed", package, exc_info=task.exception())


async def _await(callback: Awaitable[None]) -> None:
    await callback
