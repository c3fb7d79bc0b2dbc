"""What the recorder costs, side by side with bare mitmdump in one run, interleaved.

    .venv/bin/python benchmarks/recorder.py [--rounds 5] [--requests 2000]

Bars: requests a second at least 85 % of bare mitmdump, 70 % with .mitm; added median
latency under 0.5 ms. Ends with 1 when one is missed. Each round plays all three in turn
and gives a ratio of its own, so that other load on the machine hits all alike. Processor
time a request is told as well: it means something on a busy machine too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from _side_by_side import SUBJECTS, Origin, machine, origin, play, processor

BARS = {"recorder": 0.85, "recorder + .mitm": 0.70}
LATENCY_BAR = 0.5  # milliseconds
CONNECTIONS = 8


def measure(where: Origin, folder: Path, rounds: int, requests: int) -> tuple[list[str], bool]:
    """Lines for the user, and whether all bars are met."""
    rates: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    medians: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    spent: dict[str, list[float]] = {name: [] for name in SUBJECTS}
    for number in range(rounds):
        names = list(SUBJECTS)
        for name in names[number % 3 :] + names[: number % 3]:  # nobody is always first
            with SUBJECTS[name](where, folder) as subject:
                used = processor(subject.pid)
                many = play(subject, connections=CONNECTIONS, requests=requests)
                used = processor(subject.pid) - used
                one = play(subject, connections=1, requests=max(200, requests // 4))
            rates[name].append(many["requests"] / many["seconds"])
            medians[name].append(one["median_ms"])
            spent[name].append(used / many["requests"] * 1000)
    lines, met = [], True
    for name in SUBJECTS:
        ratio = statistics.median(a / b for a, b in zip(rates[name], rates["bare"], strict=True))
        added = statistics.median(
            a - b for a, b in zip(medians[name], medians["bare"], strict=True)
        )
        well = ratio >= BARS.get(name, 0.0) and (name == "bare" or added < LATENCY_BAR)
        met = met and well
        lines.append(
            f"{name:18} {statistics.median(rates[name]):7.0f} req/s  {ratio:6.1%} of bare"
            f"  {statistics.median(spent[name]):5.2f} ms of processor"
            f"  median {statistics.median(medians[name]):6.2f} ms  {added:+.2f} ms"
            f"{'' if well else '  MISSED'}"
        )
    return lines, met


def main() -> int:
    """0 when all bars are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=2000)
    given = parser.parse_args()
    print(f"{machine()}; {given.rounds} rounds of {given.requests} requests, medians of rounds")
    with tempfile.TemporaryDirectory(prefix="bench-") as name, origin(Path(name)) as where:
        lines, met = measure(where, Path(name), given.rounds, given.requests)
    print("\n".join(lines))
    print(f"afterwards: {machine()}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
