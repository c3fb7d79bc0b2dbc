"""Ends the tasks of a server for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

ROUNDS = 20
ROUND_SECONDS = 0.1


async def end_all(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancels until all are done.

    hypercorn's connection may swallow one cancellation while it stops its idle
    timer, and then waits for an answer that nobody reads any more; so one
    round is not always enough.
    """
    left = set(tasks)
    for _ in range(ROUNDS):
        if not left:
            return
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=ROUND_SECONDS)
