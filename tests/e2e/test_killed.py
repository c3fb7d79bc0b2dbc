"""The phone is left as it was found, also when we are killed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.e2e.lab import HARNESS, Lab, devices_file, eventually, started
from tests.e2e.test_first_route import settings

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


def proxy_of(lab: Lab, serial: str) -> str:
    return lab.adb("-s", serial, "shell", "settings get global http_proxy").stdout.strip()


def test_after_sigkill_the_phone_heals_itself_and_reset_mends_the_rest(
    lab: Lab, tmp_path: Path
) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        before = settings(lab, serial)
        devices = devices_file(tmp_path, answer)
        command = [*HARNESS, "run", "--devices", str(devices), "--out", str(tmp_path / "out")]
        with started(command, lab.env()) as process:
            assert eventually(lambda: proxy_of(lab, serial).startswith("127."), 60)
            children = psutil.Process(process.pid).children(recursive=True)
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)

        assert eventually(lambda: not proxy_of(lab, serial).startswith("127."), 20)
        ours = [child for child in children if "mitmdump" in " ".join(cmdline(child))]
        assert eventually(lambda: not any(alive(child) for child in ours), 10)
        lab.adb("connect", serial)
        done = lab.harness("reset", "--devices", str(devices))
        assert done.returncode == 0, done.stderr
        assert settings(lab, serial) == before


def cmdline(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def test_a_capture_that_is_killed_keeps_its_lines(lab: Lab, tmp_path: Path) -> None:
    from harness.adapters.observation_file import read_observations

    out = tmp_path / "capture"
    with started([*HARNESS, "capture", "--out", str(out)], lab.env()) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["ready"] is True
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)

    assert "proxy.started" in {seen.kind for seen in read_observations(out)}
