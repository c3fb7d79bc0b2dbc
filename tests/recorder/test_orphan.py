"""Ending with the process that started us."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from harness.recorder import orphan
from harness.recorder.orphan import OrphanWatch


@pytest.mark.parametrize(
    ("runs", "signals"),
    [(True, [signal.SIGTERM, signal.SIGKILL]), (False, [signal.SIGKILL])],
    ids=["closed in order, but not for ever", "still starting"],
)
def test_the_end_of_standard_input_is_our_end(
    runs: bool, signals: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    sent: list[int] = []

    def kill(pid: int, number: int) -> None:
        assert pid == os.getpid()
        sent.append(number)

    monkeypatch.setattr(os, "kill", kill)
    monkeypatch.setattr(orphan, "LONGEST_END", 0.01)
    private = tmp_path / "private"
    private.mkdir()
    (private / "key").touch()
    with os.fdopen(reading) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        watch = OrphanWatch()
        watch.closing_works = runs
        watch.start(private)
        os.write(writing, b"still here")
        time.sleep(0.05)
        watch.clean(private)
        assert private.exists()
        assert not watch.orphaned
        os.close(writing)
        deadline = time.monotonic() + 3
        while len(sent) < len(signals):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert sent == signals
    assert watch.orphaned
    assert not private.exists()
