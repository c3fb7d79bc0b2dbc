"""The reinstall scenario on a used phone: consent, the true losses, and everything back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tests.e2e.lab import Lab, devices_file, verdicts
from tests.e2e.test_reinstall_killed import files

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

CLASSES = ("draft", "offline_video", "saved_video")


def test_what_was_planted_is_what_is_told_as_lost(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--count", "1", "--profile", "userdebug", "--json") as answer:
        phone = answer["phones"][0]
        devices = devices_file(tmp_path, answer, destructive="true")
        lab.adb("-s", phone["address"], "root")
        before = files(lab, phone)
        refused = run(lab, devices, tmp_path / "refused")
        assert (refused["outcome"], refused["rule"]) == ("not_run", "scenario_not_run")
        assert files(lab, phone) == before
        had = planted(phone["control"])
        made = run(lab, devices, tmp_path / "made", "--allow-destructive")
        assert (made["outcome"], made["party"], made["rule"]) == (
            "passed", "none", "experiment_completed",
        )  # fmt: skip
        told = losses(tmp_path / "made")
        counts = {entry["content"]: entry for entry in told["classes"]}
        for name in CLASSES:
            lost = 0 if name == "saved_video" else had[name]
            assert counts[name]["had"] == had[name], name
            assert counts[name]["fates"].get("lost", 0) == lost, name
        assert f"{had['draft']} drafts" in made["advice"][0]
        # What lies on the server is unharmed: a new installation shows it again.
        assert "the service still has the account: 1284 followers" in json.dumps(made)
        assert kept(before) <= kept(files(lab, phone)), "all that was saved is back"


def test_a_phone_without_root_loses_what_it_cannot_show(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--count", "1", "--profile", "retail", "--json") as answer:
        devices = devices_file(tmp_path, answer, destructive="true")
        made = run(lab, devices, tmp_path / "made", "--allow-destructive")
        assert made["outcome"] == "passed"
        told = losses(tmp_path / "made")
        drafts = [entry for entry in told["classes"] if entry["content"] == "draft"]
        assert drafts
        assert drafts[0]["had"] is None
        assert set(drafts[0]["fates"]) == {"not_visible"}
        package = answer["phones"][0]["package"]
        there = lab.adb("-s", answer["phones"][0]["address"], "shell", f"pm path {package}")
        assert there.stdout.startswith("package:")


def run(lab: Lab, devices: Path, out: Path, *more: str) -> dict[str, Any]:
    done = lab.harness(
        "run", "--devices", str(devices), "--scenario", "reinstall", "--out", str(out), *more
    )
    found = verdicts(out)
    assert len(found) == 1, done.stdout + done.stderr
    return found[0]


def losses(out: Path) -> dict[str, Any]:
    (file,) = out.glob("tests/*/reinstall/try-1/losses.json")
    return cast("dict[str, Any]", json.loads(file.read_text())["losses"])


def planted(control: str) -> Counter[str]:
    """Things by class, as the simulated phone says that it planted them."""
    rows = httpx.get(f"{control}/planted", timeout=10).json()
    things = {(row["class"], row["title"]) for row in rows}
    return Counter(name for name, _ in things)


def kept(lines: list[str]) -> set[str]:
    """Paths of what the app does not write by itself when it is opened."""
    return {line for line in lines if "/files/draft/" in line or "/offlinemode/" in line}
