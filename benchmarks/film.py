"""What filming costs a try: seconds to begin and to end, and the simulated phone's work.

    .venv/bin/python -m benchmarks.film [TRIES]

Bar: beginning under 0.5 s, ending under 1.5 s (a phone's own recorder may take longer to
close its file), and under a quarter of a core while it films an app in use.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from harness.adapters.adb.device import AdbDevice, connect
from harness.adapters.adb.film import PhoneFilm
from harness.adapters.adb.link import AdbLink
from tests.e2e.lab import HARNESS, Lab, first_json_line, started

BEGIN, END, CORE = 0.5, 1.5, 0.25
SECONDS = 12.0


def use(phone: AdbDevice, seconds: float) -> None:
    """Home and app in turn: whole screens change, as at a step."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        phone.shell("monkey -p com.zhiliaoapp.musically 1", timeout=20)
        time.sleep(1.0)
        phone.shell("input keyevent 3")
        time.sleep(1.0)


def main(tries: int = 5) -> int:
    """Prints one line a number; 1 when a bar is missed."""
    begins: list[float] = []
    ends: list[float] = []
    size = 0
    with tempfile.TemporaryDirectory(prefix="harness-film-") as name:
        lab = Lab(Path(name))
        with started([*HARNESS, "phone"], lab.env()) as process:
            serial = first_json_line(process, 60)["phones"][0]["address"]
            link = AdbLink("127.0.0.1", lab.adb_port)
            connect(link, serial)
            phone, work = AdbDevice("film", serial, link), psutil.Process(process.pid)
            for _ in range(tries):
                film = PhoneFilm(phone)
                at = time.monotonic()
                film.start()
                begins.append(time.monotonic() - at)
                use(phone, 2.0)
                at = time.monotonic()
                film.stop()
                ends.append(time.monotonic() - at)
            without = _cores(work, lambda: use(phone, SECONDS))
            film = PhoneFilm(phone)
            film.start()
            filmed = _cores(work, lambda: use(phone, SECONDS))
            size = sum(map(len, film.stop()))
        lab.close()
    core, begin, end = filmed - without, statistics.median(begins), statistics.median(ends)
    print(f"begin        {begin:6.2f} s  (worst {max(begins):.2f}; bar {BEGIN})")
    print(f"end          {end:6.2f} s  (worst {max(ends):.2f}; bar {END})")
    print(f"phone's work {core:6.2f} cores more ({without:.2f} without; bar {CORE})")
    print(f"film         {size / SECONDS / 1000:6.1f} kB a second of an app in use")
    return int(begin > BEGIN or end > END or core > CORE)


def _cores(process: psutil.Process, what: Callable[[], object]) -> float:
    """Processor seconds of the process for each second that `what` takes."""
    before, at = process.cpu_times(), time.monotonic()
    what()
    after = process.cpu_times()
    spent = after.user + after.system - before.user - before.system
    return spent / (time.monotonic() - at)


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
