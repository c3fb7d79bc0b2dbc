"""A clone of the app goes with the original: refused unless allowed, then told and mended."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from harness.domain.removal import Arm
from tests.e2e.lab import Lab, devices_file, verdicts
from tests.e2e.test_reinstall_killed import experiment, files

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]

PHONE = ("--count", "1", "--profile", "userdebug", "--maker", "xiaomi", "--user", "clone", "--json")


def has_it(lab: Lab, phone: dict[str, Any], user: int) -> bool:
    command = f"pm list packages --user {user} {phone['package']}"
    return phone["package"] in lab.adb("-s", phone["address"], "shell", command).stdout


def clone_of(lab: Lab, phone: dict[str, Any]) -> int:
    listed = lab.adb("-s", phone["address"], "shell", "pm list users").stdout
    (number,) = (line.partition("{")[2].partition(":")[0] for line in listed.splitlines() if
                 "Clone" in line)  # fmt: skip
    return int(number)


def run(lab: Lab, devices: Path, out: Path) -> dict[str, Any]:
    words = ("--devices", str(devices), "--scenario", "reinstall", "--allow-destructive")
    done = lab.harness("run", *words, "--out", str(out))
    (found,) = verdicts(out)
    assert found["outcome"] in ("passed", "not_run"), done.stdout + done.stderr
    return found


def test_a_clone_goes_only_where_it_may(lab: Lab, tmp_path: Path) -> None:
    with lab.phones(*PHONE) as answer:
        phone = answer["phones"][0]
        lab.adb("-s", phone["address"], "root")
        clone, before = clone_of(lab, phone), files(lab, phone)
        assert has_it(lab, phone, clone)

        held = devices_file(tmp_path, answer, destructive="true")
        refused = run(lab, held, tmp_path / "refused")
        assert refused["outcome"] == "not_run"
        assert "may_remove_copies: true" in refused["summary"]
        assert (has_it(lab, phone, clone), files(lab, phone)) == (True, before)
        plan = lab.harness("run", "--devices", str(held), "--scenario", "reinstall", "--plan")
        assert f"user {clone}" in plan.stdout
        assert "may_remove_copies" in plan.stdout

        allowed = devices_file(tmp_path, answer, destructive="true", may_remove_copies="true")
        made = run(lab, allowed, tmp_path / "made")
        assert (made["outcome"], made["rule"]) == ("passed", "experiment_completed")
        assert not has_it(lab, phone, clone)
        page = (tmp_path / "made" / "index.html").read_text()
        assert f"clone of the app (user {clone})" in page


def test_an_interrupted_removal_says_what_became_of_the_clone(lab: Lab, tmp_path: Path) -> None:
    """Killed after the removal: app and files of the owner are back; the clone's are not,
    as its entry allowed, and the reset says so."""
    with lab.phones(*PHONE) as answer:
        phone = answer["phones"][0]
        lab.adb("-s", phone["address"], "root")
        clone, before = clone_of(lab, phone), files(lab, phone)
        devices = devices_file(tmp_path, answer, destructive="true", may_remove_copies="true")
        point = 1
        while has_it(lab, phone, clone):
            killed = experiment(lab, phone, Arm.UNINSTALL_INSTALL, point, copies=True)
            assert killed.returncode == -signal.SIGKILL, (point, killed.stderr[-2000:])
            there = has_it(lab, phone, clone)
            said = lab.harness("reset", "--devices", str(devices))
            assert said.returncode == 0, said.stdout + said.stderr
            assert files(lab, phone) == before, (point, said.stdout)
            if not there:
                assert f"user {clone}" in said.stdout
            point += 6
            assert point < 150, "the removal was never reached"
