"""The daemon's running tasks: started by name, their errors logged, ended together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)
_END_TIMEOUT = 5.0  # seconds that cancelled tasks may take


class Tasks:
    """A set of tasks. An error in one ends that one alone and is logged."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def cancel(self) -> None:
        """Ends all tasks but the one that calls (a reboot may stop its own daemon)."""
        ours = self._running - {asyncio.current_task()}
        for task in ours:
            task.cancel()
        if ours:
            await asyncio.wait(ours, timeout=_END_TIMEOUT)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("adbd: %s failed", task.get_name(), exc_info=error)
