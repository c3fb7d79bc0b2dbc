"""Real Dask, real TLS, real processes; only the phones' work is left out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.adapters.child import free_port
from harness.lab.certs import make_certs
from harness.lab.host import own_address
from harness.lab.run_in_lab import LabRequest, NoSuchPhoneError, run_in_lab
from harness.ports import InstrumentError
from harness.reporting.manifest import read_manifest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.timeout(170),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@contextmanager
def member(folder: Path, name: str, *words: str, until: str) -> Generator[Path]:
    """A program of the lab, up; its log."""
    log = folder / f"{name}.log"
    environment = {**os.environ, "HARNESS_STATE": str(folder / f"state-{name}")}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        wait_for(log, until)
        yield log
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(log: Path, text: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while text not in log.read_text():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def test_jobs_go_out_and_runs_come_home(tmp_path: Path) -> None:
    make_certs(tmp_path, ["shelf"])
    port = free_port()
    url = f"tls://127.0.0.1:{port}"
    words = ("-m", "harness", "lab", "scheduler", "--port", str(port))
    certs = ("--certs", str(tmp_path / "scheduler"))
    with (
        member(tmp_path, "scheduler", *words, *certs, until="scheduler at tls"),
        member(
            tmp_path, "shelf", "-m", "tests.lab.idle_host", url, str(tmp_path / "shelf"), "shelf",
            until="offered: shelf.unplugged (api=30)",
        ) as log,
    ):  # fmt: skip
        (tmp_path / "shelf" / "unplug").touch()
        wait_for(log, "withdrawn: shelf.unplugged, it is no longer attached")
        lines: list[str] = []
        request = LabRequest(
            url, tmp_path / "client", ("login",), (), where={"api": "34"}, out=tmp_path / "run"
        )
        result = run_in_lab(request, lines.append)

        with pytest.raises(NoSuchPhoneError, match=r"no phone is called 'x'.*shelf\.sim"):
            run_in_lab(LabRequest(url, tmp_path / "client", (), (), names=("x",)), lines.append)

    assert result.problems == []
    assert [verdict.scenario for verdict in result.verdicts] == ["login"]
    assert "sim login: failed" in lines
    (home,) = (tmp_path / "run" / "runs").iterdir()
    kept = {file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()}
    assert {"observations.jsonl", "verdicts.json", "tests/sim/login/try-1/capture.har"} <= kept
    assert read_manifest(tmp_path / "run")["merged_runs"][0]["path"] == f"runs/{home.name}"
    assert not list(tmp_path.glob(".incoming-*"))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:1", "Without TLS there is no lab"),
        ("tls://127.0.0.1", "no tls://HOST:PORT"),
        ("tls://127.0.0.1:{free}", "reach the scheduler"),
    ],
)
def test_a_scheduler_that_cannot_be_reached_is_said(address: str, told: str) -> None:
    with pytest.raises(InstrumentError, match=told):
        own_address(address.format(free=free_port()))
