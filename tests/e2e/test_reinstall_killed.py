"""The experiment is killed at a point; the next command says what is there and mends it."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.domain.removal import Arm
from tests.e2e.lab import ROOT, Lab, devices_file

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

FOLDERS = ("/data/data/{p}", "/data/user_de/0/{p}", "/data/media/0/Android/data/{p}",
           "/data/media/0/Android/media/{p}", "/storage/*-*/Android/*/{p}")  # fmt: skip


@pytest.mark.parametrize("arm", [Arm.UNINSTALL_INSTALL, Arm.CLEAR])
def test_killed_at_a_few_points(lab: Lab, tmp_path: Path, arm: Arm) -> None:
    check(lab, tmp_path, arm, count=4, seed=20261124)


@pytest.mark.slow
def test_killed_at_fifty_points(lab: Lab, tmp_path: Path) -> None:
    check(lab, tmp_path, Arm.UNINSTALL_INSTALL, count=35, seed=50)
    check(lab, tmp_path, Arm.CLEAR, count=10, seed=51)
    check(lab, tmp_path, Arm.KEEP_DATA, count=5, seed=52)


def check(lab: Lab, folder: Path, arm: Arm, *, count: int, seed: int) -> None:
    with lab.phones("--count", "1", "--profile", "userdebug", "--json") as answer:
        phone = answer["phones"][0]
        devices = devices_file(folder, answer, destructive="true")
        assert lab.adb("-s", phone["address"], "root").returncode == 0
        before = files(lab, phone)
        assert len(before) > 40
        whole = experiment(lab, phone, arm, 0)
        assert whole.returncode == 0, whole.stderr
        assert files(lab, phone) == before, "an experiment that was not killed"
        points = random.Random(seed).sample(
            range(1, json.loads(whole.stdout)["commands"] + 1), count
        )
        for point in points:
            killed = experiment(lab, phone, arm, point)
            assert killed.returncode == -signal.SIGKILL, (point, killed.stderr)
            said = lab.harness("reset", "--devices", str(devices))
            assert said.returncode == 0, (point, said.stdout + said.stderr)
            assert files(lab, phone) == before, (point, said.stdout)
            assert lab.adb(
                "-s", phone["address"], "shell", f"pm path {phone['package']}"
            ).stdout.startswith("package:")
            assert "interrupted" in said.stdout or "as it should be" in said.stdout
            assert not list((lab.home / "state" / "removals").glob("*.json"))


def experiment(
    lab: Lab, phone: dict[str, Any], arm: Arm, point: int
) -> subprocess.CompletedProcess[str]:
    words = [str(lab.adb_port), phone["address"], phone["package"], str(arm), str(point)]
    return subprocess.run(
        [sys.executable, "-m", "tests.e2e.removal_script", *words],
        cwd=ROOT, env=lab.env(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def files(lab: Lab, phone: dict[str, Any]) -> list[str]:
    """SHA-256 and path of every file of the app, without the compiled code that Android makes
    again and that any installation over the app takes away."""
    roots = " ".join(folder.format(p=phone["package"]) for folder in FOLDERS)
    command = f"find {roots} -type f -exec sha256sum {{}} + 2>/dev/null | sort"
    text = lab.adb("-s", phone["address"], "shell", command, timeout=60).stdout
    return [line for line in text.splitlines() if "/code_cache/" not in line]
