"""Beats while the proxy's loop is quick; a late beat says that we delayed the app."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from harness.domain.facts.capture import ProxyHeartbeat
from harness.recorder.recording import Recording

PERIOD = 0.1
LATE = 0.5
EVERY = 5.0
"""Seconds: how often the loop is looked at, what counts as late, how often a line is due."""


class Heartbeat:
    """One task of mitmproxy's own loop, so that a blocked loop shows."""

    def __init__(self, ticks: Sequence[Callable[[float], None]] = ()) -> None:
        self._ticks = tuple(ticks)
        self._task: asyncio.Task[None] | None = None

    def start(self, recording: Recording) -> None:
        """Call within the running loop."""
        self._task = asyncio.create_task(self._beat(recording), name="harness heartbeat")

    def stop(self) -> None:
        """No more beats."""
        if self._task is not None:
            self._task.cancel()

    async def _beat(self, recording: Recording) -> None:
        recording.write("proxy.heartbeat", ProxyHeartbeat(lag=0.0))
        written = due = time.monotonic()
        worst = 0.0
        while True:
            due = time.monotonic() + PERIOD
            await asyncio.sleep(PERIOD)
            now = time.monotonic()
            lag = max(0.0, now - due)
            worst = max(worst, lag)
            if lag > LATE or now - written >= EVERY:
                recording.write("proxy.heartbeat", ProxyHeartbeat(lag=round(worst, 3)))
                written, worst = now, 0.0
            for tick in self._ticks:
                tick(now)
