"""Starting and stopping mitmdump."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.process import ProxyProcess, make_home
from harness.adapters.proxy.wireguard import WireguardListener
from harness.ports import InstrumentError, TrafficTap


def test_a_taken_port_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        proxy = ProxyProcess(ProxyPlan(tmp_path / "o.jsonl", port=port))
        with pytest.raises(InstrumentError, match=rf"port {port}.*exit code 1.*failed to listen"):
            proxy.start()
    assert not proxy.alive()
    assert not proxy.home.files.folder.exists()


def test_before_the_start_there_is_no_address(tmp_path: Path) -> None:
    proxy: TrafficTap = ProxyProcess(ProxyPlan(tmp_path / "o.jsonl"))
    with pytest.raises(InstrumentError, match="not started"):
        _ = proxy.address
    assert not proxy.alive()
    proxy.stop()


def test_the_upstream_bundle_adds_to_the_public_authorities(tmp_path: Path) -> None:
    (tmp_path / "own.pem").write_text("OWN AUTHORITY", encoding="utf-8")
    home = make_home(ProxyPlan(tmp_path / "o.jsonl", upstream_ca=tmp_path / "own.pem"))
    assert home.files.upstream is not None
    bundle = home.files.upstream.read_text(encoding="utf-8")
    assert bundle.endswith("OWN AUTHORITY")
    assert bundle.count("BEGIN CERTIFICATE") > 50
    home.remove()
    assert not home.files.folder.exists()


PARENT = """
import sys, time
from pathlib import Path
from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.process import ProxyProcess
proxy = ProxyProcess(ProxyPlan(Path(sys.argv[1])))
print(proxy.start().pid, proxy.home.files.folder, flush=True)
time.sleep(60)
"""


def test_the_proxy_dies_with_us_and_takes_the_key_along(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "o.jsonl")],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(root)},
        text=True,
    )
    assert parent.stdout is not None
    pid, _, folder = parent.stdout.readline().strip().partition(" ")
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait(5)
    parent.stdout.close()
    deadline = time.monotonic() + 8
    while psutil.pid_exists(int(pid)) or Path(folder).exists():
        assert time.monotonic() < deadline, "mitmdump outlived the process that started it"
        time.sleep(0.05)
    assert b'"proxy.stopped"' in (tmp_path / "o.jsonl").read_bytes()


def test_keys_of_a_tunnel_live_as_long_as_the_private_folder(tmp_path: Path) -> None:
    plan = ProxyPlan(
        observations=tmp_path / "o.jsonl", wireguard=WireguardListener("127.0.0.1", "10.0.2.2")
    )
    home = make_home(plan)
    file = home.files.wireguard
    assert file is not None
    assert file.stat().st_mode & 0o777 == 0o600
    assert home.wireguard is not None
    assert home.port > 0, "fixed for the run: the phone's tunnel leads there"
    home.remove()
    assert not file.exists()
    plain = make_home(ProxyPlan(observations=tmp_path / "o.jsonl"))
    assert (plain.wireguard, plain.files.wireguard, plain.port) == (None, None, 0)
    plain.remove()
