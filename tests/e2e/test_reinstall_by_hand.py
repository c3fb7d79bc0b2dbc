"""A reinstall by hand through the whole chain: a person is asked, does it, and the cost is told.

The person is this test: it reads what the harness asks for on the terminal and does it from
the control side, with adb of its own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.lab import HARNESS, ROOT, Lab, devices_file, started, verdicts
from tests.e2e.test_reinstall import losses, planted

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(400)]


def test_a_person_deletes_and_installs(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--count", "1", "--profile", "userdebug", "--json") as answer:
        phone = answer["phones"][0]
        devices = devices_file(tmp_path, answer, destructive="true")
        had = planted(phone["control"])
        out = tmp_path / "made"
        words = ["run", "--devices", str(devices), "--scenario", "reinstall", "--arm", "by_hand"]
        words += ["--attended", "--allow-destructive", "--out", str(out)]
        with started([*HARNESS, *words], lab.env(), ROOT) as run:
            asked = [do(lab, phone, line) for line in lines(run)]
            assert run.wait(60) == 0
        assert [what for what in asked if what] == ["delete", "install"]
        (made,) = verdicts(out)
        assert (made["outcome"], made["rule"]) == ("passed", "experiment_completed")
        told = {entry["content"]: entry for entry in losses(out)["classes"]}
        assert told["draft"]["fates"] == {"lost": had["draft"]}
        assert told["saved_video"]["fates"] == {"survived": had["saved_video"]}
        assert f"{had['draft']} drafts" in made["advice"][0]


def lines(run: subprocess.Popen[str]) -> Iterator[str]:
    assert run.stderr is not None
    yield from run.stderr


def do(lab: Lab, phone: dict[str, Any], line: str) -> str:
    """What the line asks for; "" when it asks for nothing."""
    serial, package = phone["address"], phone["package"]
    if "please delete" in line:
        assert lab.adb("-s", serial, "uninstall", package).returncode == 0
        return "delete"
    if "Please install" in line:
        store = ("install", "-i", "com.android.vending", phone["apk"])
        assert lab.adb("-s", serial, *store).returncode == 0
        return "install"
    return ""
