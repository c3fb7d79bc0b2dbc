"""Does the proxy's memory grow with the flows? Bare mitmdump is played beside ours.

    .venv/bin/python benchmarks/recorder_memory.py [--flows 100000] [--alone]

Bar: ours under 10 MiB more at any look from 1 000 flows to 100 000, program files apart. Ends
with 1 when it is missed. Bare mitmdump has no bar; what it grows by shows what is not ours.
`--alone` leaves it out, which halves the time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from _side_by_side import SUBJECTS, machine, origin, play, resident

FIRST = 1_000
BAR = 10.0  # MiB
OURS = "recorder + .mitm"


def grow(names: list[str], flows: int) -> dict[str, float]:
    """The most that each proxy had grown by at any of ten looks, in MiB."""
    step = max(FIRST, (flows - FIRST) // 10)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        where = stack.enter_context(origin(folder))
        subjects = {name: stack.enter_context(SUBJECTS[name](where, folder)) for name in names}
        for subject in subjects.values():
            play(subject, connections=8, requests=FIRST)
        first = {name: resident(subject.pid) for name, subject in subjects.items()}
        most = dict.fromkeys(names, 0.0)
        done = FIRST
        print(f"{machine()}\n{done:7} flows: {_row(first)}", flush=True)
        while flows - done >= 8:
            requests = min(step, flows - done) // 8 * 8
            for subject in subjects.values():
                play(subject, connections=8, requests=requests)
            done += requests
            now = {name: resident(subject.pid) for name, subject in subjects.items()}
            most = {name: max(most[name], now[name][1] - first[name][1]) for name in names}
            print(f"{done:7} flows: {_row(now)}", flush=True)
    return most


def _row(sizes: dict[str, tuple[float, float]]) -> str:
    return "   ".join(
        f"{name} {own:6.1f} MiB ({whole:.1f} with files)" for name, (whole, own) in sizes.items()
    )


def main() -> int:
    """0 when the bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flows", type=int, default=100_000)
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    most = grow([OURS] if given.alone else ["bare", OURS], given.flows)
    for name, grown in most.items():
        told = f"; bar {BAR:.0f} MiB{'' if grown < BAR else '  MISSED'}" if name == OURS else ""
        print(f"{name} grown by {grown:.1f} MiB at most{told}")
    return 0 if most[OURS] < BAR else 1


if __name__ == "__main__":
    sys.exit(main())
