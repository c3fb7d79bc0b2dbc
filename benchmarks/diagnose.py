"""How fast `diagnose` judges recorded exchanges, beside json.loads and mitmproxy's FlowReader.

    python -m benchmarks.diagnose [--exchanges N] [--json]

All three read the same invented traffic (99 % of it fine) in one run, on one core, each
in a process of its own; processor time is counted, so that other work on the machine
disturbs little. A file of some thousand exchanges has to be judged as fast as a large one.
Memory is the peak of the process, for a tenth of the file and for all.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for the imports below, where it is run as a script

DUE = 50_000
"""Exchanges a second that `diagnose` has to reach."""

FEW = 4_000
"""Exchanges of a file so small that what each call costs beforehand counts as well."""

FLOWS = 4_000
"""Flows for the FlowReader, which is far slower."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One reader on one file. `peak`: MiB."""

    reader: str
    count: int
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        """Exchanges a second."""
        return self.count / self.seconds


def _diagnose(path: Path) -> int:
    from harness.session.diagnose import diagnose_one

    found = diagnose_one(path)
    if not found.readable or not found.verdicts:
        raise SystemExit(f"diagnose could not read {path}: {found.notes}")
    return 0


def _json_loads(path: Path) -> int:
    with path.open("rb") as source:
        return sum(json.loads(line) is not None for line in source)


def _flow_reader(path: Path) -> int:
    from mitmproxy.io import FlowReader

    with path.open("rb") as source:
        return sum(1 for _ in FlowReader(source).stream())


READERS: dict[str, Callable[[Path], int]] = {
    "diagnose": _diagnose,
    "json.loads": _json_loads,
    "FlowReader": _flow_reader,
}


def _inside(reader: str, path: Path) -> None:
    """In the child: imports first, then the clock."""
    call = READERS[reader]
    for name in ("mitmproxy.io", "harness.session.diagnose"):  # what a running program has loaded
        import_module(name)
    begun = time.process_time()
    call(path)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([seconds, peak]))


def measure(reader: str, path: Path, count: int) -> Measured:
    """The best of two runs. Raises CalledProcessError or TimeoutExpired."""
    command = [sys.executable, "-m", "benchmarks.diagnose", "--inside", reader, str(path)]
    runs: list[list[float]] = []
    for _ in range(2):
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=300, check=True, cwd=ROOT
        )
        runs.append(json.loads(done.stdout))
    seconds, peak = min(runs)
    return Measured(reader, count, seconds, peak)


def main(words: list[str] | None = None) -> int:
    """0 when `diagnose` reached its rate and its memory stayed flat, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diagnose")
    parser.add_argument("--exchanges", type=int, default=300_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.inside:
        _inside(options.inside[0], Path(options.inside[1]))
        return 0
    from benchmarks._traffic import write_flows, write_observations

    whole, tenth = options.exchanges, options.exchanges // 10
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        large, small = Path(folder) / "large.jsonl", Path(folder) / "small.jsonl"
        handful, flows = Path(folder) / "handful.jsonl", Path(folder) / "flows.mitm"
        write_observations(large, whole)
        write_observations(small, tenth)
        write_observations(handful, FEW)
        write_flows(flows, FLOWS)
        judged = measure("diagnose", large, whole)
        few = measure("diagnose", small, tenth)
        least = measure("diagnose", handful, FEW)
        plain = measure("json.loads", large, whole)
        mitm = measure("FlowReader", flows, FLOWS)
    grown = judged.peak - few.peak
    if options.json:
        found = [
            asdict(entry) | {"rate": entry.rate} for entry in (judged, few, least, plain, mitm)
        ]
        sys.stdout.write(json.dumps({"measured": found, "grown_mib": grown}, indent=1) + "\n")
    else:
        for entry in (judged, few, least, plain, mitm):
            sys.stdout.write(
                f"{entry.reader:<11} {entry.count:>8} exchanges {entry.rate:>9.0f}/s"
                f"  {entry.rate / plain.rate:>6.2f} of json.loads"
                f"  {entry.rate / mitm.rate:>6.1f} of FlowReader  peak {entry.peak:.0f} MiB\n"
            )
        sys.stdout.write(f"memory grew by {grown:.1f} MiB for ten times the file\n")
    return 0 if min(judged.rate, least.rate) >= DUE and grown < 8.0 else 1


if __name__ == "__main__":
    sys.exit(main())
