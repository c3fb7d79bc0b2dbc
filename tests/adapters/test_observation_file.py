"""The writer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.domain.facts.capture import ProxyHeartbeat
from harness.ports import InstrumentError, ObservationLog


def test_what_is_returned_is_what_is_read(tmp_path: Path) -> None:
    with ObservationWriter(tmp_path / "o.jsonl", source="adb", host="lab", prefix="w") as writer:
        log: ObservationLog = writer
        given = log.write("proxy.heartbeat", ProxyHeartbeat(0.5), scenario="s", step="t")
    (read,) = read_observations(tmp_path / "o.jsonl")
    assert read.id == given.id == "w-1"
    assert read.t == pytest.approx(given.t, abs=1e-6)
    assert (read.scenario, read.step, read.facts) == ("s", "t", given.facts)


def test_a_line_is_on_file_before_write_returns(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    with ObservationWriter(path, source="adb", host="lab") as writer:
        writer.write("proxy.heartbeat", ProxyHeartbeat(0.5))
        assert path.read_bytes().endswith(b'"}\n')


def test_threads_do_not_tear_lines_or_repeat_ids(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    with ObservationWriter(path, source="adb", host="lab") as writer:

        def many() -> None:
            for _ in range(50):
                writer.write("proxy.heartbeat", ProxyHeartbeat(0.5))

        threads = [threading.Thread(target=many) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    reading = read_observations(path)
    assert len({item.id for item in reading}) == 200
    assert reading.damaged == 0


def test_a_writer_started_again_loses_only_the_cut_line(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    for _ in range(2):
        with ObservationWriter(path, source="adb", host="lab") as writer:
            writer.write("proxy.heartbeat", ProxyHeartbeat(0.5))
        path.write_bytes(path.read_bytes() + b'{"id":"killed he')
    with ObservationWriter(path, source="adb", host="lab") as writer:
        writer.write("proxy.heartbeat", ProxyHeartbeat(0.5))
    reading = read_observations(path)
    assert len({item.id for item in reading}) == 3
    assert reading.damaged == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_instrument_failure() -> None:
    with (
        ObservationWriter(Path("/dev/full"), source="adb", host="lab") as writer,
        pytest.raises(InstrumentError, match="disk: write"),
    ):
        writer.write("proxy.heartbeat", ProxyHeartbeat(0.5))
