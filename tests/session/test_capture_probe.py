"""Probing the hosts of suspicious failures."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.traffic import Connection
from harness.domain.resolve import ResolveMap
from harness.session import capture_probe
from harness.session.capture_probe import FailureProbe


def refused(host: str) -> Connection:
    return Connection(
        "c", 1.0, host=host, port=443, connect_begun=1.0, connect_error="[Errno 111] refused"
    )


def watch(tmp_path: Path, hosts: list[str]) -> list[ControlMade | InstrumentFailure]:
    with (
        ObservationWriter(tmp_path / "proxy.jsonl", source="proxy", host="lab") as proxy,
        ObservationWriter(tmp_path / "log.jsonl", source="harness", host="lab") as log,
    ):
        probe = FailureProbe(tmp_path / "proxy.jsonl", log, resolve=ResolveMap(), upstream_ca=None)
        probe.start()
        for host in hosts:
            proxy.write("connection", refused(host))
        probe.stop()
        time.sleep(0.05)
    found = [item.facts for item in read_observations(tmp_path / "log.jsonl")]
    return [item for item in found if isinstance(item, ControlMade | InstrumentFailure)]


def test_each_failing_host_is_probed_once_in_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()

    def probe(host: str, port: int, **_: object) -> ControlMade:
        threads.add(threading.current_thread().name)
        return ControlMade("host_probe", "failed", "refused", f"{host}:{port}")

    monkeypatch.setattr("harness.adapters.probes.probe", probe)
    made = watch(tmp_path, ["a.test", "a.test", "b.test", "a.test"])
    targets = sorted(item.target or "" for item in made if isinstance(item, ControlMade))
    assert targets == ["a.test:443", "b.test:443"]
    assert all(name.startswith("harness-probe") for name in threads)


def test_after_the_pause_it_is_probed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_probe, "PAUSE", 0.0)

    def probe(_host: str, _port: int, **_: object) -> ControlMade:
        return ControlMade("host_probe", "ok", "reached")

    monkeypatch.setattr("harness.adapters.probes.probe", probe)
    assert len(watch(tmp_path, ["a.test", "a.test"])) == 2


def test_a_probe_that_breaks_is_our_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def probe(host: str, port: int, **_: object) -> ControlMade:
        raise OSError("no descriptors left")

    monkeypatch.setattr("harness.adapters.probes.probe", probe)
    (made,) = watch(tmp_path, ["a.test"])
    assert isinstance(made, InstrumentFailure)
    assert made.instrument == "probe"
