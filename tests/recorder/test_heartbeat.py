"""Beats and lag."""

from __future__ import annotations

import asyncio
import time

import pytest

from harness.recorder import heartbeat
from harness.recorder.heartbeat import Heartbeat
from tests.recorder.recording_stand_in import Kept


def test_it_beats_ticks_and_tells_of_a_blocked_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "PERIOD", 0.01)
    kept, ticks = Kept(), list[float]()

    async def run() -> None:
        beat = Heartbeat((ticks.append,))
        beat.start(kept)
        await asyncio.sleep(0.05)
        time.sleep(0.7)  # noqa: ASYNC251 - what is tested is a blocked loop
        await asyncio.sleep(0.05)
        beat.stop()

    asyncio.run(run())
    lags = [facts.lag for _, facts in kept.seen]
    assert lags[0] == 0.0
    assert max(lags) > 0.5
    assert len(ticks) > 2


def test_a_quick_loop_beats_only_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "PERIOD", 0.01)
    monkeypatch.setattr(heartbeat, "EVERY", 0.05)
    monkeypatch.setattr(heartbeat, "LATE", 60.0)
    kept = Kept()

    async def run() -> None:
        beat = Heartbeat()
        beat.stop()
        beat.start(kept)
        await asyncio.sleep(0.3)
        beat.stop()

    asyncio.run(run())
    assert 2 <= len(kept.seen) <= 7
