"""What a lab's scheduler costs: many offered phones, a job on each that does nothing.

    python benchmarks/lab_scheduler.py [--phones 200] [--hosts 4]

Real TLS, real Dask, a process a host; only the phones' work is left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from _side_by_side import machine

from harness.adapters.child import free_port
from harness.lab.certs import make_certs
from harness.lab.dispatch import Dispatch, errands_for, offered
from harness.lab.host_job import HostResult, LabJob
from harness.lab.offer import Offer
from harness.lab.scheduler import QUIET
from harness.lab.security import security_of

HOST = """
import sys
from pathlib import Path
sys.path.insert(0, {here!r})
from harness.lab.host import HostPlan, join_lab
from harness.lab.offer import Offer
offers = [Offer({name!r}, f"p{{n}}", {{"api": "34"}}) for n in range({phones})]
join_lab(HostPlan({url!r}, Path({certs!r}), None, lambda: offers, print, every=60.0))
"""
MOST_MS = 100.0
"""A job, seen from the client: sent, scheduled, done, heard."""


def idle_job(job: LabJob) -> HostResult:
    """Instead of a run on a phone."""
    return HostResult(job.id, job.name, 0, "")


def main() -> int:
    """1 when a job costs more than its bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=4)
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as temp:
        return measure(Path(temp), options.phones, options.hosts)


def measure(folder: Path, phones: int, hosts: int) -> int:
    """Starts the lab, counts, ends it."""
    make_certs(folder, [f"h{number}" for number in range(hosts)])
    port = free_port()
    url = f"tls://127.0.0.1:{port}"
    words = ["lab", "scheduler", "--certs", str(folder / "scheduler"), "--port", str(port)]
    scheduler = subprocess.Popen([sys.executable, "-m", "harness", *words], stdout=subprocess.PIPE)
    running = [scheduler]
    try:
        assert scheduler.stdout is not None
        scheduler.stdout.readline()
        bare = psutil.Process(scheduler.pid).memory_info().rss / 2**20
        for number in range(hosts):
            code = HOST.format(
                here=str(Path(__file__).resolve().parents[1]), name=f"h{number}", url=url,
                certs=str(folder / f"h{number}"), phones=phones // hosts,
            )  # fmt: skip
            running.append(subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE))
        return count(folder, url, phones // hosts * hosts, scheduler.pid, bare)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(60)


def count(folder: Path, url: str, phones: int, pid: int, bare: float) -> int:
    """The numbers themselves."""
    import dask.config
    from distributed import Client

    from harness.lab import dispatch as module

    with dask.config.set(QUIET), Client(url, security=security_of(folder / "client")) as client:
        begun = time.monotonic()
        while len(there := offered(client)) < phones:
            time.sleep(0.5)
        print(f"{phones} phones offered after {time.monotonic() - begun:.1f} s")
        setattr(module, "run_lab_job", idle_job)  # noqa: B010 - the one part that is left out
        before = psutil.Process(pid).cpu_times()
        begun = time.monotonic()
        play(client, there)
        seconds = time.monotonic() - begun
        after = psutil.Process(pid)
        used = after.cpu_times().user + after.cpu_times().system - before.user - before.system
        resident = after.memory_info().rss / 2**20
    each = seconds / phones * 1000
    print(
        f"{phones} jobs in {seconds:.1f} s: {each:.0f} ms a job from sent to heard, the scheduler's"
        f" own time {used / phones * 1000:.1f} ms a job; its memory {bare:.0f} MiB bare,"
        f" {resident:.0f} MiB now ({(resident - bare) / phones * 1024:.0f} KiB a phone)"
    )
    return 0 if each <= MOST_MS else 1


def play(client: Any, there: list[Offer]) -> None:  # noqa: ANN401 - Dask's client
    """All at once, until every one is heard."""
    errands = errands_for(there, named=True, destructive=False)
    Dispatch(client, "bench", (), errands, lambda _line: None).run()
    assert all(errand.result is not None for errand in errands)


if __name__ == "__main__":
    sys.exit(main())
