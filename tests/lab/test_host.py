"""What a host offers and withdraws; Dask's worker is a stand-in."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.lab import host, host_job
from harness.lab.host import HostPlan
from harness.lab.offer import Offer

PHONE = Offer("h", "pixel", {"api": "34"}, ("wifi", "rack-2"))


class Worker:
    """Up at once."""

    def __init__(self, _scheduler: str, **_words: Any) -> None:
        self.status = SimpleNamespace(name="running")
        self.harness_devices: str | None = None

    def __await__(self) -> Any:
        yield from asyncio.sleep(0).__await__()
        return self

    async def close(self, **_words: Any) -> None:
        self.status.name = "closed"


def test_a_phone_that_is_worked_for_is_not_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    attached, lines = [PHONE], list[str]()
    monkeypatch.setattr("harness.lab.nodes.PhoneWorker", Worker)

    def anything(_where: object) -> str:
        return "127.0.0.1"

    for name in ("own_address", "security_of"):
        monkeypatch.setattr(host, name, anything)
    plan = HostPlan("tls://x:1", Path(), None, lambda: list(attached), lines.append)
    here = host._Host(plan, "")

    async def play() -> None:
        await here._look()
        attached.clear()  # the cable is loose, or the job restarts the phone
        monkeypatch.setitem(host_job._RUNNING, "job", PHONE.name)
        await here._look()
        assert lines == ["offered: h.pixel (api=34, tag=wifi, tag=rack-2)"]
        monkeypatch.delitem(host_job._RUNNING, "job")
        monkeypatch.setitem(host_job._FETCHED, "job", (PHONE.name, time.monotonic()))
        await here._look()
        assert len(lines) == 1  # its files are not home yet
        monkeypatch.setattr(host_job, "STILL_FETCHED", -1.0)
        await here._look()

    asyncio.run(play())

    assert lines[1:] == ["withdrawn: h.pixel, it is no longer attached"]
