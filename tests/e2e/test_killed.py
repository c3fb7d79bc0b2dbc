"""The phone is left as it was found, also when we are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from harness.adapters.adb.film import FOLDER
from harness.adapters.observation_file import PARTS, read_observations
from harness.domain.facts.traffic import Exchange
from tests.e2e.lab import HARNESS, Lab, devices_file, eventually, started
from tests.e2e.test_first_route import settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


def proxy_of(lab: Lab, serial: str) -> str:
    return lab.adb("-s", serial, "shell", "settings get global http_proxy").stdout.strip()


KILLS = 2
"""In `make test`; `make prove` plays PIECES of EACH. HARNESS_KILL_SEED draws other moments."""
PIECES, EACH = 10, 10
LATEST = 22.0  # seconds into a run; a whole one takes about as long
HEALED_WITHIN = 10.0
GONE_WITHIN = 10.0
SETTLED = 2.0  # seconds from an answer of the service until its flow must be on the disk


def moments(count: int, piece: str = "") -> list[float]:
    """When to kill, in seconds after the start of a run."""
    draw = random.Random((os.environ.get("HARNESS_KILL_SEED") or "kill") + piece)
    return [round(draw.uniform(1.0, LATEST), 1) for _ in range(count)]


@pytest.mark.timeout(400)
def test_runs_killed_at_random_moments_leave_nothing_behind(
    lab: Lab, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    kill_and_look(lab, tmp_path, moments(KILLS), record_property)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("piece", range(PIECES))
def test_a_hundred_runs_killed_at_random_moments(
    piece: int, lab: Lab, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    kill_and_look(lab, tmp_path, moments(EACH, f" {piece}"), record_property)


def kill_and_look(
    lab: Lab, folder: Path, when: list[float], record: Callable[[str, object], None]
) -> None:
    """One phone, many killed runs; after each the phone is as before by itself."""
    with lab.phones() as answer:
        serial, control = answer["phones"][0]["address"], answer["phones"][0]["control"]
        before = settings(lab, serial)
        own_settings = global_settings(lab, serial)
        devices = devices_file(folder, answer)
        healed: list[float] = []
        gone: list[float] = []
        for number, moment in enumerate(when):
            out = folder / f"run-{number}"
            told = f"kill {number} at {moment} s"
            asked = len(asked_of_service(control))
            there = processes_of(lab)
            command = [*HARNESS, "run", "--devices", str(devices), "--out", str(out)]
            with started(command, lab.env()) as process:
                time.sleep(moment)
                answered = asked_of_service(control)[asked:]
                time.sleep(SETTLED)
                assert outward(children_of(process.pid)) == [], told
                killed = time.monotonic()
                process.kill()
                process.wait(10)

            while left := processes_of(lab) - there:
                assert time.monotonic() - killed < GONE_WITHIN, (told, commands_of(left))
                time.sleep(0.1)
            gone.append(time.monotonic() - killed)
            while global_settings(lab, serial) != own_settings:
                assert time.monotonic() - killed < HEALED_WITHIN, told
                time.sleep(0.1)
            healed.append(time.monotonic() - killed)
            missing = Counter(answered) - recorded(out)
            assert not missing, (told, missing)
        done = lab.harness("reset", "--devices", str(devices))
        assert done.returncode == 0, done.stdout + done.stderr
        assert settings(lab, serial) == before
        assert lab.adb("-s", serial, "shell", f"ls {FOLDER}; pidof screenrecord").stdout == ""
        record("healed_within", round(max(healed), 1))
        record("gone_within", round(max(gone), 1))


def test_a_killed_run_takes_along_what_it_launched(lab: Lab, tmp_path: Path) -> None:
    """Its own phone, adb server and Appium; and the adb server that Appium's adb would start
    by itself, in a session of its own, once ours is gone."""
    there = processes_of(lab)
    words = ["run", "--device", "sim", "--scenario", "followers", "--out", str(tmp_path / "out")]
    with started([*HARNESS, *words], lab.env()) as process:
        assert eventually(
            lambda: any("instrument" in c for c in commands_of(processes_of(lab))), 60
        )
        process.kill()
        process.wait(10)

    assert eventually(lambda: not processes_of(lab) - there, GONE_WITHIN), commands_of(
        processes_of(lab) - there
    )


def processes_of(lab: Lab) -> set[psutil.Process]:
    """All that live with this lab's home, whoever their parents are: also what left its
    session, its group and its parent is found."""
    found: set[psutil.Process] = set()
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("HOME") == str(lab.home) and alive(process):
                found.add(process)
    return found


def commands_of(processes: set[psutil.Process]) -> list[str]:
    """For the message of a failing test."""
    found: list[str] = []
    for process in processes:
        with suppress(psutil.Error):
            found.append(f"{process.pid} {' '.join(process.cmdline())[:200]}")
    return sorted(found)


def global_settings(lab: Lab, serial: str) -> list[str]:
    """All of the namespace that holds the proxy; empty lines while the phone is away."""
    return sorted(lab.adb("-s", serial, "shell", "settings list global").stdout.split("\n"))


def asked_of_service(control: str) -> list[tuple[str, str]]:
    """(method, path) of what the app asked so far; paths with ids are left out."""
    rows = httpx.get(f"{control}/requests", timeout=10).json()
    return [(method, path) for method, path in rows if "/v1/" in path or "passport" in path]


def recorded(out: Path) -> Counter[tuple[str, str]]:
    """The same of what the recorder wrote; every line of it must be whole."""
    if not (out / PARTS).is_dir():
        return Counter()  # killed before it had begun
    found = [seen.facts for seen in read_observations(out)]
    return Counter((facts.method, facts.path) for facts in found if isinstance(facts, Exchange))


def children_of(pid: int) -> list[psutil.Process]:
    """All processes that the run started."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:  # the run was over already
        return []


def outward(processes: list[psutil.Process]) -> list[str]:
    """Ports of ours that others than this machine could reach."""
    found: list[str] = []
    for process in processes:
        try:
            listening = [c for c in process.net_connections("inet") if c.status == "LISTEN"]
            found += [str(c.laddr) for c in listening if c.laddr.ip not in {"127.0.0.1", "::1"}]
        except psutil.Error:
            continue
    return found


def test_reset_mends_what_the_loop_does_not(lab: Lab, tmp_path: Path) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        before = settings(lab, serial)
        devices = devices_file(tmp_path, answer)
        command = [*HARNESS, "run", "--devices", str(devices), "--out", str(tmp_path / "out")]
        with started(command, lab.env()) as process:
            assert eventually(lambda: proxy_of(lab, serial).startswith("127."), 60)
            process.kill()
            process.wait(10)
        doctor = lab.harness("doctor", "--devices", str(devices))
        assert "harness reset" in doctor.stdout

        done = lab.harness("reset", "--devices", str(devices))

        assert done.returncode == 0, done.stderr
        assert settings(lab, serial) == before


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def test_a_capture_that_is_killed_keeps_its_lines(lab: Lab, tmp_path: Path) -> None:
    out = tmp_path / "capture"
    with started([*HARNESS, "capture", "--out", str(out)], lab.env()) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] is True
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)

    assert "proxy.started" in {seen.kind for seen in read_observations(out)}
