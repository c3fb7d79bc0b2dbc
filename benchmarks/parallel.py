"""Many phones at once: the wall time of 1, 4 and 8, and what the engine itself costs a job.

    python benchmarks/parallel.py [--scenario NAME]… [--counts 1 4 8]

Without names: the scenarios that destroy nothing.

Bars: 4 at once within 2.5 times the wall time of one on two cores; 8 at once all end with a
verdict on the app, none by ports or time-outs; the engine's own cost under 100 ms a job.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from _lab_devices import write_devices
from _side_by_side import machine

from harness.session.jobs.crew import Crew, warm_up
from harness.session.jobs.job import Job, ScenarioChoice
from harness.session.machinery.trial import SCENARIOS
from harness.session.run_folder import RunFolder
from harness.session.shared_servers import ServerAddresses

MOST_RATIO = 2.5
MOST_ENGINE = 0.1  # seconds
TIMEOUT = 1800


def run(folder: Path, count: int, scenarios: list[str]) -> tuple[float, list[str]]:
    """Seconds, and "phone scenario: outcome party" of each verdict."""
    devices, names = write_devices(folder, count)
    words = [word for name in names for word in ("--device", name)]
    words += [word for name in scenarios for word in ("--scenario", name)]
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "harness", "run", "--devices", str(devices), *words, "--json",
         "--out", str(folder / f"run-{count}-{time.monotonic_ns()}")],
        env={**os.environ, "HARNESS_STATE": str(folder / "state")},
        capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - begun
    found = json.loads(done.stdout.strip().splitlines()[-1])
    rows = [
        f"{row['device']['name']} {row['scenario']}: {row['outcome']} {row['party']}"
        for row in found["verdicts"]
    ]
    return seconds, rows


def nothing(_job: Job, _choice: ScenarioChoice, _env: dict[str, str], run: Connection) -> None:
    """A job without work."""
    run.send(0)


def engine_cost(folder: Path, jobs: int = 20) -> float:
    """Seconds a job, from its start until its last word is heard, one after the other."""
    warm_up()
    spent: list[float] = []
    for number in range(jobs + 1):
        crew = Crew(work=nothing)
        begun = time.monotonic()
        job = Job(f"p{number}", RunFolder(folder, "r"), ServerAddresses(), b"")
        crew.start([job], ScenarioChoice())
        crew.listen(lambda: None)
        crew.close()
        spent.append(time.monotonic() - begun)
    first, rest = spent[0], sorted(spent[1:])
    print(f"engine: first job {first:.2f} s (imports), then {rest[len(rest) // 2] * 1000:.0f} ms"
          f" a job (median of {jobs}), {rest[-1] * 1000:.0f} ms at most")  # fmt: skip
    return rest[len(rest) // 2]


def main() -> int:
    """1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--scenario", action="append", default=[])
    parser.add_argument("--counts", nargs="*", type=int, default=[1, 4, 8])
    options = parser.parse_args()
    missed: list[str] = []
    print(machine())
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        if engine_cost(folder) > MOST_ENGINE:
            missed.append("engine cost")
        alone = 0.0
        for count in options.counts:
            seconds, rows = run(folder, count, options.scenario or list(SCENARIOS))
            alone = alone or seconds / count
            bad = [row for row in rows if not row.endswith("passed none")]
            print(f"{count} at once: {seconds:.1f} s, {seconds / alone:.2f} times one;"
                  f" {len(rows)} verdicts, not passed: {bad or 'none'}; {machine()}")  # fmt: skip
            if bad or not rows:
                missed.append(f"{count} at once: not all passed")
            if count == 4 and seconds > MOST_RATIO * alone:
                missed.append("4 at once")
    print(f"missed: {', '.join(missed)}" if missed else "all bars hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
