"""Opening a recording."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from harness.domain.facts.capture import ProxyHeartbeat
from harness.recorder.recording import SECRETS_VARIABLE, open_recording
from tests.recorder.recording_stand_in import settings


def test_key_and_known_secrets_reach_the_redaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRETS_VARIABLE, "hunter2\nanna_k")
    (tmp_path / "key").write_bytes(b"k" * 32)
    given = settings(observations=tmp_path / "o.jsonl", run_key_file=tmp_path / "key")
    first, second = open_recording(given), open_recording(given)
    assert first.redactor.tag("7001") == second.redactor.tag("7001")
    assert first.redactor.text("by anna_k") == "by <secret>"
    first.write("proxy.heartbeat", ProxyHeartbeat(0.1))
    assert b'"device":"phone-1"' in (tmp_path / "o.jsonl").read_bytes()
    first.writer.close()
    second.writer.close()


def test_wall_clock_moments_become_monotonic(tmp_path: Path) -> None:
    recording = open_recording(settings(observations=tmp_path / "o.jsonl"))
    seen = recording.mono(time.time() - 5)
    assert seen is not None
    assert seen == pytest.approx(time.monotonic() - 5, abs=0.1)
    assert recording.mono(None) is None
    recording.writer.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_costs_records_and_nothing_else() -> None:
    recording = open_recording(settings(observations=Path("/dev/full")))
    recording.write("proxy.heartbeat", ProxyHeartbeat(0.1))
    assert recording.counters.lost == 1
    recording.writer.close()


def test_a_profile_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError), match="no-such"):
        open_recording(settings(observations=tmp_path / "o.jsonl", profile="no-such-profile"))
