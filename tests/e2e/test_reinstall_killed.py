"""The experiment is killed at a point; the next command says what is there and mends it."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.domain.removal import Arm
from tests.e2e.lab import ROOT, Lab, devices_file

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

FOLDERS = ("/data/data/{p}", "/data/user_de/0/{p}", "/data/media/0/Android/data/{p}",
           "/data/media/0/Android/media/{p}", "/storage/*-*/Android/*/{p}")  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Some of the points at which one arm is killed; a run of its own, so that bars go on
    where they stopped."""

    arm: Arm
    seed: int
    count: int  # of all pieces with this arm and seed
    first: int
    last: int  # not in it

    def points(self, commands: int) -> list[int]:
        """Drawn for all pieces together: those of one arm never meet twice."""
        drawn = random.Random(self.seed).sample(range(1, commands + 1), self.count)
        return drawn[self.first : self.last]

    def __str__(self) -> str:
        return f"{self.arm}-{self.first}-{self.last}"


FIFTY = ((Arm.UNINSTALL_INSTALL, 50, 35), (Arm.CLEAR, 51, 10), (Arm.KEEP_DATA, 52, 5))
IN_ONE = 5
PIECES = [
    Piece(arm, seed, count, first, first + IN_ONE)
    for arm, seed, count in FIFTY
    for first in range(0, count, IN_ONE)
]


@pytest.mark.parametrize("arm", [Arm.UNINSTALL_INSTALL, Arm.CLEAR])
def test_killed_at_a_few_points(lab: Lab, tmp_path: Path, arm: Arm) -> None:
    check(lab, tmp_path, Piece(arm, 20261124, 4, 0, 4))


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=str)
def test_killed_at_fifty_points(lab: Lab, tmp_path: Path, piece: Piece) -> None:
    check(lab, tmp_path, piece)


def test_the_pieces_are_fifty_points() -> None:
    points = [(piece.arm, point) for piece in PIECES for point in piece.points(80)]
    assert len(set(points)) == 50


def check(lab: Lab, folder: Path, piece: Piece) -> None:
    arm = piece.arm
    with lab.phones("--count", "1", "--profile", "userdebug", "--json") as answer:
        phone = answer["phones"][0]
        devices = devices_file(folder, answer, destructive="true")
        assert lab.adb("-s", phone["address"], "root").returncode == 0
        before = files(lab, phone)
        assert len(before) > 40
        whole = experiment(lab, phone, arm, 0)
        assert whole.returncode == 0, whole.stderr
        assert files(lab, phone) == before, "an experiment that was not killed"
        for point in piece.points(json.loads(whole.stdout)["commands"]):
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
    lab: Lab, phone: dict[str, Any], arm: Arm, point: int, *, copies: bool = False
) -> subprocess.CompletedProcess[str]:
    words = [str(lab.adb_port), phone["address"], phone["package"], str(arm), str(point)]
    words += ["copies"] if copies else []
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
