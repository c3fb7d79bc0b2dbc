"""Each arm on phones of several releases: done and proved, or refused; and all files are back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.domain.removal import Arm
from tests.e2e.lab import Lab
from tests.e2e.test_reinstall_killed import experiment, files

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

USUAL = (Arm.NOTHING, Arm.STOP_START, Arm.CLEAR, Arm.UPDATE_IN_PLACE, Arm.KEEP_DATA,
         Arm.UNINSTALL_INSTALL)  # fmt: skip
RESULTS = dict.fromkeys(USUAL, "done")


@pytest.mark.parametrize(
    ("options", "results"),
    [
        (("--api", "34", "--card"), RESULTS | {Arm.ARCHIVE: "refused"}),
        (("--api", "35", "--allow-backup"), {Arm.ARCHIVE: "done", Arm.UNINSTALL_INSTALL: "done"}),
        pytest.param(("--api", "26"), RESULTS, marks=pytest.mark.slow),
        pytest.param(("--api", "29"), RESULTS, marks=pytest.mark.slow),
        pytest.param(("--api", "31"), RESULTS, marks=pytest.mark.slow),
        pytest.param(("--api", "36"), RESULTS | {Arm.ARCHIVE: "done"}, marks=pytest.mark.slow),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "arms",
)
def test_arms(lab: Lab, options: tuple[str, ...], results: dict[Arm, str]) -> None:
    with lab.phones("--profile", "userdebug", "--json", *options) as answer:
        phone = answer["phones"][0]
        lab.adb("-s", phone["address"], "root")
        before = lasting(lab, phone)
        assert len(before) > 40
        for arm, due in results.items():
            done = experiment(lab, phone, arm, 0)
            assert done.returncode == 0, (arm, done.stderr[-3000:])
            assert json.loads(done.stdout)["result"] == due, (arm, done.stdout)
            assert lasting(lab, phone) == before, arm


def test_an_app_that_came_with_the_phone_is_another_experiment(lab: Lab) -> None:
    with lab.phones("--profile", "userdebug", "--json", "--preinstalled") as answer:
        phone = answer["phones"][0]
        lab.adb("-s", phone["address"], "root")
        before = files(lab, phone)
        done = experiment(lab, phone, Arm.UNINSTALL_INSTALL, 0)
        assert "preinstalled" in done.stderr
        assert files(lab, phone) == before


def lasting(lab: Lab, phone: dict[str, Any]) -> list[str]:
    """Files without caches: archiving takes these away, as Android says."""
    return [line for line in files(lab, phone) if "/cache/" not in line]
