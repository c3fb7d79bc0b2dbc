"""What is compared: bare mitmdump, with our recorder, with recorder and .mitm; one origin."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import trustme

from harness.adapters.child import free_port
from harness.adapters.proxy.plan import ProxyPlan, mitmdump_binary
from harness.adapters.proxy.process import ProxyProcess
from harness.domain.resolve import ResolveMap, parse_resolve

HOST = "api16-core-c-useast1a.tiktokv.com"
"""A host that the profile knows, so that answers are read and redacted as in a run."""
HERE = Path(__file__).resolve().parent
SECRETS = ("Pw-0123456789!7", "bench_user_1")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it listens and whom it is signed by."""

    port: int
    authority: Path  # PEM


@dataclass(frozen=True, slots=True)
class Subject:
    """One proxy that runs."""

    port: int
    pid: int


@contextmanager
def origin(folder: Path) -> Generator[Origin]:
    """The origin in a process of its own."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert(HOST).private_key_and_cert_chain_pem.write_to_path(folder / "origin.pem")
    process = subprocess.Popen(
        [sys.executable, str(HERE / "_origin.py"), str(folder / "origin.pem")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield Origin(int(process.stdout.readline()), folder / "authority.pem")
    finally:
        process.communicate(timeout=10)


@contextmanager
def bare(where: Origin, folder: Path) -> Generator[Subject]:
    """mitmdump as it comes, quiet, with a confdir of its own."""
    port = free_port()
    options = [
        f"confdir={folder / 'confdir'}",
        f"ssl_verify_upstream_trusted_ca={where.authority}",
        f"bench_origin={where.port}",
    ]
    command = [str(mitmdump_binary()), "-q", "-s", str(HERE / "_bare.py")]
    command += ["--listen-host", "127.0.0.1", "--listen-port", str(port)]
    command += [word for option in options for word in ("--set", option)]
    process = subprocess.Popen(command)
    try:
        _listening(port)
        yield Subject(port, process.pid)
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def recorder(where: Origin, folder: Path, *, mitm: bool) -> Generator[Subject]:
    """mitmdump with our recorder, as a run starts it."""
    plan = ProxyPlan(
        observations=folder / f"observations-{time.monotonic_ns()}.jsonl",
        mitm=folder / f"capture-{time.monotonic_ns()}.mitm" if mitm else None,
        device="bench",
        profile="tiktok",
        resolve=ResolveMap((parse_resolve(f"{HOST}:443:127.0.0.1:{where.port}"),)),
        upstream_ca=where.authority,
        known_secrets=SECRETS,
        foreign_hosts="pass",
    )
    proxy = ProxyProcess(plan)
    address = proxy.start()
    try:
        yield Subject(address.port, address.pid)
    finally:
        proxy.stop()
        plan.observations.unlink(missing_ok=True)
        if plan.mitm is not None:
            plan.mitm.unlink(missing_ok=True)


Starter = Callable[[Origin, Path], AbstractContextManager[Subject]]
SUBJECTS: dict[str, Starter] = {
    "bare": bare,
    "recorder": lambda where, folder: recorder(where, folder, mitm=False),
    "recorder + .mitm": lambda where, folder: recorder(where, folder, mitm=True),
}


def play(subject: Subject, *, connections: int, requests: int) -> dict[str, Any]:
    """What the client measured."""
    words = [str(subject.port), HOST, str(connections), str(requests)]
    done = subprocess.run(
        [sys.executable, str(HERE / "_client.py"), *words],
        capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the client failed: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def machine() -> str:
    """Cores and load, to read the numbers by."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, load average {load} (1, 5, 15 minutes)"


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used: hardly touched by other load."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def resident(pid: int) -> tuple[float, float]:
    """MiB that a process holds in memory: in all, and apart from files that are mapped, whose
    pages the kernel shares and comes and goes with."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = {
        name: int(size) / 1024
        for name, size in re.findall(r"^(VmRSS|RssFile):\s+(\d+) kB", status, re.MULTILINE)
    }
    return found["VmRSS"], found["VmRSS"] - found["RssFile"]


def _listening(port: int) -> None:
    import socket

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"mitmdump does not listen on {port}")
