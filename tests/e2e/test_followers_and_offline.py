"""Followers and offline content through the real adb, Appium and mitmproxy, in health, in the
outage, and with a sample of faults that the phone's control address switches on.

HARNESS_LAB_SEED draws another sample; `make prove` plays all of them.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.lab import Lab, devices_file, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

BOTH = ("--scenario", "followers", "--scenario", "offline_content")
NAMES = re.compile(rb"(?<![A-Za-z0-9+/])(Mila|Jonas|Aiko|Pedro|Lina)(?![A-Za-z0-9+/=])")
"""Nicknames that the service gives to the account's followers, as words: four letters in a
row come up by chance in every megabyte of base64."""

Fault = tuple[str, str, tuple[str, Any], str]
"""Scenario, "fault" or "verb", its name with scope or value, and who is at fault."""

FAULTS: tuple[Fault, ...] = (
    ("followers", "fault", ("http-503", "followers"), "server"),
    ("followers", "fault", ("zero-counters", "profile"), "server"),
    ("followers", "fault", ("empty-list", "followers"), "server"),
    ("followers", "fault", ("names-lost", "profile"), "server"),
    ("followers", "fault", ("session-expired", "profile"), "account"),
    ("followers", "fault", ("list-hidden", "followers"), "account"),
    ("followers", "fault", ("stale-cache-shown", "profile"), "client"),
    ("followers", "fault", ("shows-wrong-counter", "profile"), "client"),
    ("followers", "fault", ("never-asks", "followers"), "client"),
    ("followers", "fault", ("loses-session", "profile"), "client"),
    ("followers", "fault", ("crash", "followers"), "client"),
    ("offline_content", "fault", ("opens-nothing", "offline"), "client"),
    ("offline_content", "fault", ("opens-nothing", "drafts"), "client"),
    ("offline_content", "fault", ("never-asks", "offline"), "client"),
    ("offline_content", "fault", ("crash", "drafts"), "client"),
    ("offline_content", "verb", ("offline_expired", True), "client"),
    ("offline_content", "verb", ("offline_trimmed", 1), "client"),
    ("offline_content", "verb", ("low_storage_trim", True), "device"),
    ("offline_content", "verb", ("clock_moved", True), "device"),
    ("offline_content", "verb", ("other_account", True), "account"),
)


def found(run: Path) -> dict[tuple[str, str], dict[str, Any]]:
    return {(one["device"]["name"], one["scenario"]): one for one in verdicts(run)}


def test_in_health_both_pass_and_no_follower_is_named(lab: Lab, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = lab.harness(
        "run", "--device", "sim", "--device", "sim-retail", *BOTH, "--out", str(out), timeout=400
    )

    assert done.returncode == 0, done.stdout + done.stderr
    made = found(out)
    assert {one["outcome"] for one in made.values()} == {"passed"}
    assert len(made) == 4
    said = " ".join(row["statement"] for row in made["sim-retail", "followers"]["evidence"])
    assert "not visible" in said
    kept = [path for path in out.rglob("*") if path.is_file() and path.suffix != ".png"]
    assert [path for path in kept if NAMES.search(path.read_bytes())] == []


def test_in_the_outage_followers_fail_by_the_server_and_offline_content_works(
    lab: Lab, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    lab.harness(
        "run", "--device", "sim", "--device", "sim-retail", *BOTH,
        "--incident", "login-outage", "--out", str(out), timeout=400,
    )  # fmt: skip

    made = found(out)
    followers = made["sim", "followers"]
    assert (followers["outcome"], followers["party"]) == ("failed", "server"), followers["summary"]
    assert followers["confidence"] >= 0.9
    hidden = made["sim-retail", "followers"]
    assert hidden["outcome"] == "failed", hidden["summary"]
    assert hidden["party"] in ("server", "unknown")
    for phone in ("sim", "sim-retail"):
        offline = made[phone, "offline_content"]
        assert offline["outcome"] == "passed", offline["summary"]


def switch_on(control: str, kind: str, what: tuple[str, Any]) -> None:
    name, value = what
    path, method, body = (
        ("/faults", "PUT", [{"name": name, "scope": value}])
        if kind == "fault"
        else ("/phone", "POST", {"verb": name, "value": value})
    )
    answer = httpx.request(method, control + path, json=body, timeout=20, trust_env=False)
    assert answer.status_code == 200, answer.text


def play(lab: Lab, folder: Path, fault: Fault) -> None:
    scenario, kind, what, party = fault
    folder.mkdir()
    with lab.phones() as answer:
        switch_on(answer["phones"][0]["control"], kind, what)
        devices, out = devices_file(folder, answer), folder / "out"
        done = lab.harness(
            "run", "--devices", str(devices), "--scenario", scenario, "--out", str(out)
        )
        (verdict,) = verdicts(out)
    told = (fault, verdict["rule"], verdict["summary"], done.stderr)
    assert (verdict["outcome"], verdict["party"]) == ("failed", party), told


def test_a_sample_of_faults_is_blamed_on_the_right_party(lab: Lab, tmp_path: Path) -> None:
    draw = random.Random(os.environ.get("HARNESS_LAB_SEED") or "lab")
    by_scenario = [
        [fault for fault in FAULTS if fault[0] == name] for name in ("followers", "offline_content")
    ]
    for number, faults in enumerate(by_scenario):
        for each, fault in enumerate(draw.sample(faults, 1)):
            play(lab, tmp_path / f"{number}-{each}", fault)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=[f"{f[0]}-{f[2][0]}-{f[2][1]}" for f in FAULTS])
def test_every_fault_is_blamed_on_the_right_party(lab: Lab, tmp_path: Path, fault: Fault) -> None:
    play(lab, tmp_path / "run", fault)
