"""What a scenario takes against a bare Appium script on the same phone, side by side.

    .venv/bin/python benchmarks/bare_script.py [--rounds 7] [--profile]

Bar: at most 1.15 times as long. Both look at the followers with one simulated phone and one
Appium server, one after the other and the other way round in the next round, so that other
load on the machine hits both. Timed is the scenario alone: from before its first step to
after its last. Ends with 1 when the bar is missed. --profile prints where our time goes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import _bare_scenario
from _side_by_side import machine

from harness.adapters.adb.device import AdbDevice, connect
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import use_server
from harness.adapters.appium.server import AppiumServer
from harness.adapters.observation_file import read_observations
from harness.domain.facts import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.session.launch import Launched, launch

BAR = 1.15


def entry(folder: Path, phone: Launched, url: str) -> Path:
    """devices.yaml for the phone as for one on the desk."""
    rules = ", ".join(f'"{r.host}:{r.port}:{r.address}:{r.to_port}"' for r in phone.resolve)
    file = folder / "devices.yaml"
    file.write_text(
        "phones:\n  desk:\n"
        f'    serial: "{phone.serial}"\n    appium_url: "{url}"\n    may_change_trust: true\n'
        f'    upstream_ca: "{phone.upstream_ca}"\n    resolve: [{rules}]\n'
    )
    return file


def ours(devices: Path, folder: Path, adb_port: int) -> tuple[float, dict[str, float]]:
    """(seconds of the scenario, seconds of each step and of what lies between)."""
    command = [sys.executable, "-m", "harness", "run", "--devices", str(devices)]
    command += ["--scenario", "followers", "--out", str(folder)]
    environment = {**os.environ, "ANDROID_ADB_SERVER_PORT": str(adb_port)}
    environment["HARNESS_STATE"] = str(folder.parent / "state")
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    marks: list[tuple[str, float]] = []
    for seen in read_observations(folder):
        match seen.facts:
            case ScenarioBegun():
                marks.append(("begin", seen.mono))
            case StepBegun() | StepEnded():
                marks.append((seen.facts.title, seen.mono))
            case ScenarioEnded():
                marks.append(("end", seen.mono))
                if seen.facts.result != "passed":
                    raise RuntimeError(f"the scenario {seen.facts.result}: {done.stdout[-800:]}")
            case _:
                continue
    if not marks or marks[-1][0] != "end":
        raise RuntimeError(f"no scenario in {folder}: {done.stdout[-800:]}{done.stderr[-800:]}")
    steps: dict[str, float] = {}
    for (before, begun), (name, ended) in pairwise(marks):
        key = name if name == before else "between"
        steps[key] = steps.get(key, 0.0) + ended - begun
    return marks[-1][1] - marks[0][1], steps


def measure(rounds: int, folder: Path) -> tuple[list[float], list[float], list[dict[str, float]]]:
    """Seconds of the bare script, of ours, and our steps, one for each round."""
    server = use_server(tcp=True)
    link: AdbLink = server.link
    appium = AppiumServer.own(folder / "appium.log")
    phone = launch(
        "bench", ["harness", "phone", "--json"], adb_port=link.port, log=folder / "phone.log"
    )
    bare_times: list[float] = []
    our_times: list[float] = []
    steps: list[dict[str, float]] = []
    try:
        connect(link, phone.serial)
        device = AdbDevice("bench", phone.serial, link)
        devices = entry(folder, phone, appium.url)

        def bare(place: Path) -> None:
            place.mkdir()
            with _bare_scenario.proxied(device, phone, place):
                bare_times.append(_bare_scenario.play(appium.url, device, place))

        def harness(place: Path) -> None:
            seconds, parts = ours(devices, place, link.port)
            our_times.append(seconds)
            steps.append(parts)

        for number in range(rounds + 1):
            both: list[tuple[str, Callable[[Path], None]]] = [("bare", bare), ("ours", harness)]
            for name, turn in both if number % 2 else reversed(both):
                turn(folder / f"{number}-{name}")
            if number == 0:  # the first one installs Appium's APKs and warms everything
                for found in (bare_times, our_times, steps):
                    found.clear()
    finally:
        phone.stop()
        appium.stop()
        server.stop()
    return bare_times, our_times, steps


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="where our time goes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bare, our, steps = measure(options.rounds, Path(name))
    ratios = [one / other for one, other in zip(our, bare, strict=True)]
    ratio = statistics.median(ratios)
    print(f"followers on one simulated phone, {options.rounds} rounds; {machine()}")
    print(f"bare script + bare mitmdump  {statistics.median(bare):6.2f} s")
    print(f"harness run                  {statistics.median(our):6.2f} s")
    rounds = ", ".join(f"{one:.2f}" for one in ratios)
    print(f"ratio {ratio:.2f} (rounds: {rounds}); bar {BAR}{'' if ratio <= BAR else '  MISSED'}")
    if options.profile:
        for key in steps[0]:
            print(f"  {statistics.median(one.get(key, 0.0) for one in steps):6.2f} s  {key}")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
