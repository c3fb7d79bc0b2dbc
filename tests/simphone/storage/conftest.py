from __future__ import annotations

from pathlib import Path

import pytest

from harness.simphone.storage import PhoneFileSystem

NOW = 1_767_225_600.0


class StandingClock:
    boot = 0.0

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> float:
        return self.time

    def uptime(self) -> float:
        return 12.5


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def fs(tmp_path: Path, clock: StandingClock) -> PhoneFileSystem:
    return PhoneFileSystem(tmp_path, clock, total_bytes=1_000_000)
