"""Ending with the process that started us."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from harness.recorder.orphan import OrphanWatch


def test_the_end_of_standard_input_is_a_sigterm_to_ourselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    sent: list[int] = []

    def kill(pid: int, number: int) -> None:
        assert pid == os.getpid()
        sent.append(number)

    monkeypatch.setattr(os, "kill", kill)
    with os.fdopen(reading) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        watch = OrphanWatch()
        watch.start()
        os.write(writing, b"still here")
        time.sleep(0.05)
        watch.clean(tmp_path)
        assert tmp_path.exists()
        assert not watch.orphaned
        os.close(writing)
        deadline = time.monotonic() + 3
        while not sent:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert sent == [signal.SIGTERM]
    assert watch.orphaned
    (tmp_path / "key").touch()
    watch.clean(tmp_path)
    assert not tmp_path.exists()
