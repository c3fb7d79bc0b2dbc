"""Real Dask, real TLS, real processes; only the phones' work is left out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.child import free_port
from harness.lab import dispatch
from harness.lab.certs import make_certs
from harness.lab.host import own_address
from harness.lab.run_in_lab import LabRequest, NoSuchPhoneError, run_in_lab
from harness.ports import InstrumentError
from harness.reporting.manifest import read_manifest
from harness.session.run_scenarios import RunResult

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.timeout(170),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@dataclass
class Member:
    """A program of the lab that is up."""

    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def member(folder: Path, name: str, *words: str, until: str) -> Generator[Member]:
    """A program of the lab until the end of the block."""
    log = folder / f"{name}.log"
    environment = {**os.environ, "HARNESS_STATE": str(folder / f"state-{name}")}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        wait_for(log, until)
        yield Member(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_for(log: Path, text: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while text not in log.read_text():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def scheduler(folder: Path, port: int) -> AbstractContextManager[Member]:
    words = ("-m", "harness", "lab", "scheduler", "--port", str(port))
    certs = ("--certs", str(folder / "scheduler"))
    return member(folder, "scheduler", *words, *certs, until="scheduler at tls")


def host(folder: Path, port: int, name: str) -> AbstractContextManager[Member]:
    words = ("-m", "tests.lab.idle_host", f"tls://127.0.0.1:{port}", str(folder / name), name)
    return member(folder, name, *words, until=f"offered: {name}.unplugged (api=30)")


def test_jobs_go_out_and_runs_come_home(tmp_path: Path) -> None:
    make_certs(tmp_path, ["shelf"])
    port = free_port()
    url = f"tls://127.0.0.1:{port}"
    with scheduler(tmp_path, port), host(tmp_path, port, "shelf") as shelf:
        (tmp_path / "shelf" / "unplug").touch()
        wait_for(shelf.log, "withdrawn: shelf.unplugged, it is no longer attached")
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


def started(
    folder: Path, port: int, lines: list[str], **words: Any
) -> tuple[ThreadPoolExecutor, Future[RunResult]]:
    """A run of the lab in the background, once host b works for it."""
    (folder / "b" / "slow").touch()
    request = LabRequest(
        f"tls://127.0.0.1:{port}", folder / "client", ("login",), (), out=folder / "run", **words
    )
    pool = ThreadPoolExecutor(1)
    run = pool.submit(run_in_lab, request, lines.append)
    until = time.monotonic() + 60
    while not any((folder / "state-b" / "lab" / "begun").glob("*")):
        assert time.monotonic() < until, lines
        assert not run.done(), run.result()
        time.sleep(0.05)
    return pool, run


@pytest.mark.slow
def test_a_killed_hosts_safe_job_moves_to_another(tmp_path: Path) -> None:
    make_certs(tmp_path, ["a", "b"])
    port = free_port()
    lines: list[str] = []
    with scheduler(tmp_path, port), host(tmp_path, port, "a"), host(tmp_path, port, "b") as lost:
        pool, run = started(tmp_path, port, lines, where={"api": "34"})
        lost.process.kill()
        result = run.result(120)
        pool.shutdown()

    assert result.problems == []
    assert [verdict.rule for verdict in result.verdicts] == ["server.own_error"] * 2
    assert lines.count("a.sim: sent to its host") == 2


@pytest.mark.slow
def test_what_may_destroy_is_not_begun_again_when_its_host_is_back(tmp_path: Path) -> None:
    make_certs(tmp_path, ["a", "b"])
    port = free_port()
    lines: list[str] = []
    with scheduler(tmp_path, port), host(tmp_path, port, "a"):
        with host(tmp_path, port, "b") as lost:
            pool, run = started(tmp_path, port, lines, names=("b.sim",), destructive=True)
            lost.process.kill()
        with host(tmp_path, port, "b"):
            result = run.result(120)
            pool.shutdown()

    (verdict,) = result.verdicts
    assert (verdict.outcome.value, verdict.party.value) == ("inconclusive", "harness")
    assert "not begun a second time" in verdict.summary
    assert len(list((tmp_path / "state-b" / "lab" / "begun").iterdir())) == 1
    assert result.problems


@pytest.mark.slow
def test_a_killed_scheduler_ends_the_run_and_hosts_offer_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "WAIT_FOR_SCHEDULER", 3.0)
    make_certs(tmp_path, ["b"])
    port = free_port()
    lines: list[str] = []
    with ExitStack() as up:
        first = up.enter_context(scheduler(tmp_path, port))
        b = up.enter_context(host(tmp_path, port, "b"))
        pool, run = started(tmp_path, port, lines, where={"api": "34"})
        first.process.kill()
        result = run.result(120)
        pool.shutdown()
        (tmp_path / "b" / "slow").unlink()
        up.enter_context(scheduler(tmp_path, port))
        until = time.monotonic() + 90
        while b.log.read_text().count("offered: b.sim") < 2:
            assert time.monotonic() < until, b.log.read_text()
            time.sleep(0.1)

    assert "was lost" in result.problems[0]
    assert [verdict.party.value for verdict in result.verdicts] == ["harness"]
    (kept,) = (tmp_path / "state-b" / "lab" / "runs").glob("*/verdicts.json")
    assert kept.is_file()


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
