"""Many runs in a row in one process, as `harness watch` makes them: does anything grow?

    python benchmarks/soak.py [--runs 200] [--phones 1] [--scenario followers] [--minutes M]

Prints memory, open files, child processes, listening ports, threads, temporary folders and
the size of the state folder as they go on. Growth after the first tenth is a failure.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
from _lab_devices import write_devices
from _side_by_side import machine

from harness.adapters.devices_file import load_devices
from harness.session.jobs.job import ScenarioChoice
from harness.session.run_on_phones import run_on_phones

MOST_GROWTH = {"MiB": 0.3, "files": 2, "processes": 0, "ports": 0, "threads": 0, "temp": 1}
"""A run for memory, in all for the rest; the first tenth warms up."""

STATE_KIB = 20.0  # a run, in the state folder: baselines and the ledger are bounded


def look(temp: Path, state: Path) -> dict[str, float]:
    """What is in use now, by us and by what we started."""
    gc.collect()
    own = psutil.Process()
    family = own.children(recursive=True)
    resident = own.memory_info().rss + sum(one.memory_info().rss for one in family)
    ports = {
        (kind.laddr.ip, kind.laddr.port)
        for one in (own, *family)
        for kind in one.net_connections("inet")
        if kind.status == psutil.CONN_LISTEN
    }
    return {
        "MiB": resident / 2**20,
        "files": float(own.num_fds()),
        "processes": float(len(family)),
        "ports": float(len(ports)),
        "threads": float(threading.active_count()),
        "temp": float(len(list(temp.iterdir()))),
        "state KiB": sum(f.stat().st_size for f in state.rglob("*") if f.is_file()) / 1024,
    }


def grown(first: dict[str, float], last: dict[str, float], runs: int) -> list[str]:
    """What grew more than it may."""
    found = [
        f"{name} grew by {last[name] - first[name]:.1f}"
        for name, most in MOST_GROWTH.items()
        if last[name] - first[name] > (most * runs if name == "MiB" else most)
    ]
    size = (last["state KiB"] - first["state KiB"]) / max(runs, 1)
    return found + ([f"the state folder grew by {size:.0f} KiB a run"] if size > STATE_KIB else [])


def main() -> int:
    """1 when something grew or a run did not pass."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--phones", type=int, default=1)
    parser.add_argument("--scenario", default="followers")
    parser.add_argument("--minutes", type=float, default=240.0)
    options = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="soak-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)  # after multiprocessing's own
    temp, state = place / "tmp", place / "state"
    temp.mkdir()
    state.mkdir()
    os.environ |= {"TMPDIR": str(temp), "HARNESS_STATE": str(state)}
    tempfile.tempdir = None  # read again
    devices, names = write_devices(place, options.phones)
    entries = [entry for entry in load_devices(devices) if entry.name in names]
    ends, warm, first, bad = (
        time.monotonic() + options.minutes * 60,
        max(options.runs // 10, 2),
        None,
        0,
    )
    done, seen = 0, dict[str, float]()
    print(machine())
    while done < options.runs and time.monotonic() < ends:
        choice = ScenarioChoice((options.scenario,), devices=devices, out=place / "run")
        result = run_on_phones(entries, choice, named=True, shown=None)
        passed = sum(1 for one in result.verdicts if str(one.outcome) == "passed")
        bad += passed != options.phones
        shutil.rmtree(place / "run", ignore_errors=True)
        done += 1
        seen = look(temp, state)
        told = ", ".join(f"{name} {value:.0f}" for name, value in seen.items())
        print(f"run {done}: {passed} passed; {told}", flush=True)
        if done == warm:
            first = seen
    missed = grown(first or seen, seen, done - warm) + ([f"{bad} runs did not pass"] if bad else [])
    print(f"{done} runs; " + (f"missed: {'; '.join(missed)}" if missed else "nothing grew"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
