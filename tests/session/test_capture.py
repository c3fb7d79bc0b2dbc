"""`harness capture` without the command line."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap
from harness.session.capture import run_capture

ROOT = Path(__file__).resolve().parents[2]
CAPTURE = """
import sys
from pathlib import Path
from harness.domain.resolve import ResolveMap, parse_resolve
from harness.session.capture import run_capture
sys.exit(run_capture(
    Path(sys.argv[1]), port=None, device=None,
    resolve=ResolveMap((parse_resolve("dead.test:443:127.0.0.1:1"),)),
    upstream_ca=None, profile=None, probe=True, stdout=sys.stdout,
))
"""


def call(out: Path, **changes: Any) -> int:
    given: dict[str, Any] = {
        "port": None, "device": None, "resolve": ResolveMap(), "upstream_ca": None,
        "profile": None, "probe": False, "stdout": io.StringIO(),
    }  # fmt: skip
    return run_capture(out, **(given | changes))


def test_a_capture_from_the_ready_line_to_a_proper_close(tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-c", CAPTURE, str(out)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert process.stdout is not None
    ready = json.loads(process.stdout.readline())
    assert ready["ready"] is True
    assert ready["pid"] == process.pid
    assert b"BEGIN CERTIFICATE" in Path(ready["ca"]).read_bytes()
    address = f"http://{ready['host']}:{ready['port']}"
    with httpx.Client(proxy=address, trust_env=False) as client, pytest.raises(httpx.ProxyError):
        client.get("https://dead.test/")
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert process.stdout.read() == "", "one line only"
    process.stdout.close()
    assert sorted(path.name for path in out.iterdir()) == ["capture.mitm", "observations.jsonl"]
    reading = read_observations(out)
    every = list(reading)
    assert reading.damaged == 0
    kinds = [item.kind for item in every]
    assert kinds[0] == "proxy.started"
    assert "connection" in kinds
    assert "proxy.stopped" in kinds
    (made,) = [item.facts for item in every if isinstance(item.facts, ControlMade)]
    assert (made.name, made.result, made.target) == ("host_probe", "failed", "dead.test:443")
    assert not Path(ready["ca"]).exists(), "the authority is gone"


def test_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert call(tmp_path / "file") == 2
    (tmp_path / "observations.jsonl").write_text("{}\n", encoding="utf-8")
    assert call(tmp_path) == 2
    assert call(tmp_path / "new", profile="no-such-profile") == 2
    told = capsys.readouterr().err
    assert "is no folder" in told
    assert "holds a capture already" in told
    assert "no-such-profile" in told


def test_a_proxy_that_cannot_start_is_20_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.adapters.proxy.plan.sys.executable", "/nowhere/python")
    out = io.StringIO()
    assert call(tmp_path / "out", stdout=out) == 20
    assert out.getvalue() == ""
    assert "mitmdump" in capsys.readouterr().err
