"""Does the recorder's memory grow with the flows?

    .venv/bin/python benchmarks/recorder_memory.py [--flows 100000]

Bar: under 10 MiB from 1 000 flows to 100 000. Ends with 1 when it is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from _side_by_side import SUBJECTS, machine, origin, play, resident

FIRST = 1_000
BAR = 10.0  # MiB


def main() -> int:
    """0 when the bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flows", type=int, default=100_000)
    flows: int = parser.parse_args().flows
    step = max(FIRST, (flows - FIRST) // 10)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        origin(Path(name)) as where,
        SUBJECTS["recorder + .mitm"](where, Path(name)) as subject,
    ):
        play(subject, connections=8, requests=FIRST)
        first = last = resident(subject.pid)
        done = FIRST
        print(f"{machine()}\n{done:7} flows: {first:6.1f} MiB")
        while flows - done >= 8:
            played = play(subject, connections=8, requests=min(step, flows - done))
            done += int(played["requests"])
            last = resident(subject.pid)
            print(f"{done:7} flows: {last:6.1f} MiB", flush=True)
    grown = last - first
    print(f"grown by {grown:.1f} MiB; bar {BAR:.0f} MiB{'' if grown < BAR else '  MISSED'}")
    return 0 if grown < BAR else 1


if __name__ == "__main__":
    sys.exit(main())
