"""Bringing a dead proxy back."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.adapters.proxy import supervisor
from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.supervisor import SupervisedProxy
from harness.domain.facts.capture import CaptureGap
from harness.domain.facts.control import InstrumentFailure
from harness.session.tools import fill_disk


def test_it_is_back_on_the_same_port_with_the_same_authority(tmp_path: Path) -> None:
    with ObservationWriter(tmp_path / "log.jsonl", source="harness", host="lab") as log:
        proxy = SupervisedProxy(ProxyPlan(tmp_path / "o.jsonl"), log)
        before = proxy.start()
        proxy.pass_through(["pinned.test"])
        certificate = before.ca_certificate.read_bytes()
        os.kill(before.pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while proxy.address.pid == before.pid:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        after = proxy.address
        assert after.port == before.port
        assert after.ca_certificate.read_bytes() == certificate
        assert proxy.home.orders.pass_through == ("pinned.test",)
        assert proxy.alive()
        time.sleep(0.2)
        proxy.stop()
        proxy.stop()
    (gap,) = read_observations(tmp_path / "log.jsonl")
    assert isinstance(gap.facts, CaptureGap)
    assert gap.facts.ended is not None
    assert gap.facts.begun < gap.facts.ended
    assert "-9" in gap.facts.reason
    kinds = [item.kind for item in read_observations(tmp_path / "o.jsonl")]
    assert kinds.count("proxy.started") == 2
    assert kinds[-1] == "proxy.stopped"


def test_a_proxy_that_stands_still_is_ended_and_brought_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "WEDGED", 4.0)
    with ObservationWriter(tmp_path / "log.jsonl", source="harness", host="lab") as log:
        proxy = SupervisedProxy(ProxyPlan(tmp_path / "o.jsonl"), log)
        before = proxy.start()
        os.kill(before.pid, signal.SIGSTOP)
        deadline = time.monotonic() + 30
        while proxy.address.pid == before.pid:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert proxy.address.port == before.port
        time.sleep(0.2)
        proxy.stop()
    gaps = [item.facts for item in read_observations(tmp_path / "log.jsonl")]
    assert isinstance(gaps[0], CaptureGap)
    assert "stood still" in gaps[0].reason
    assert gaps[0].ended is not None
    assert gaps[0].ended - gaps[0].begun >= 4.0


def test_a_proxy_that_keeps_dying_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "MOST_RESTARTS", 0)
    with ObservationWriter(tmp_path / "log.jsonl", source="harness", host="lab") as log:
        proxy = SupervisedProxy(ProxyPlan(tmp_path / "o.jsonl"), log)
        os.kill(proxy.start().pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while proxy.gave_up is None:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert not proxy.alive()
        proxy.stop()
    gap, failure = (item.facts for item in read_observations(tmp_path / "log.jsonl"))
    assert isinstance(gap, CaptureGap)
    assert gap.ended is None
    assert isinstance(failure, InstrumentFailure)
    assert failure.instrument == "proxy"


def test_lines_that_a_full_disk_refused_are_told_by_us(tmp_path: Path) -> None:
    with ObservationWriter(tmp_path / "log.jsonl", source="harness", host="lab") as log:
        proxy = SupervisedProxy(ProxyPlan(tmp_path / "o.jsonl"), log)
        address = proxy.start()
        fill_disk(address.pid, tmp_path / "o.jsonl")
        deadline = time.monotonic() + 10
        while not (tmp_path / "log.jsonl").stat().st_size:
            with socket.create_connection((address.host, address.port), timeout=5) as app:
                app.sendall(b"GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n")
                assert b" 502 " in app.recv(4096)
            assert time.monotonic() < deadline
        assert proxy.alive()
        proxy.stop()
    (failure,) = (item.facts for item in read_observations(tmp_path / "log.jsonl"))
    assert isinstance(failure, InstrumentFailure)
    assert failure.instrument == "disk"
    assert "could not be written" in failure.detail
