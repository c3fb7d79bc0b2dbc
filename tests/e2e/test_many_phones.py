"""Several phones at once through the real tools: one report; one phone's death costs no other."""

from __future__ import annotations

import json
import platform
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from harness.session.injection import ask_phone
from tests.e2e.lab import HARNESS, ROOT, Lab

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

DEVICES = """\
phones:
  one: &sim
    launch: [harness, phone, --count, "1", --profile, userdebug, --json]
    may_log_out: true
    may_change_trust: true
  two: *sim
  three: *sim
"""
BOTH = ("--device", "one", "--device", "two")


def devices(folder: Path) -> str:
    file = folder / "devices.yaml"
    file.write_text(DEVICES)
    return str(file)


def started(lab: Lab, out: Path, *words: str) -> subprocess.Popen[str]:
    command = [*HARNESS, "run", "--devices", devices(out.parent), "--out", str(out), "--json"]
    return subprocess.Popen(
        [*command, *words], cwd=ROOT, env=lab.env(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def jobs_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Processes below the run that lead a session of their own and run our Python: the jobs."""
    found = psutil.Process(process.pid).children(recursive=True)
    servers = [one for one in found if "forkserver" in " ".join(one.cmdline())]
    parents = {one.pid for one in servers}
    return [one for one in servers if one.ppid() in parents]


def wait_for(folder: Path, pattern: str, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not list(folder.glob(pattern)):
        time.sleep(0.1)
    assert list(folder.glob(pattern)), f"{pattern} did not come"


def document(said: str) -> dict[str, Any]:
    return json.loads(said.strip().splitlines()[-1])


def test_two_phones_at_once_and_one_of_their_jobs_dies(lab: Lab, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run = started(lab, out, *BOTH, "--scenario", "followers")
    wait_for(out, "tests/one/followers/try-1/*.png")
    wait_for(out, "tests/two/followers/try-1/*.png")
    assert len(jobs_of(run)) == 2
    jobs_of(run)[0].send_signal(signal.SIGKILL)
    said, told = run.communicate(timeout=200)

    found = document(said)
    verdicts = {row["device"]["name"]: row for row in found["verdicts"]}
    assert sorted(verdicts) == ["one", "two"]
    by_rule = {row["rule"]: name for name, row in verdicts.items()}
    lost = by_rule.pop("lost_job")
    assert verdicts[lost]["outcome"] == "inconclusive"
    assert verdicts[lost]["party"] == "harness"
    (alive,) = by_rule.values()
    assert verdicts[alive]["outcome"] == "passed"
    assert (run.returncode, found["exit_code"]) == (20, 20)
    assert f"harness reset --device {lost}" in told
    lines = (out / "observations.jsonl").read_text()
    assert all(f'"device":"{name}"' in lines for name in ("one", "two"))
    assert (out / "index.html").exists()
    assert not [one for one in psutil.process_iter() if str(out) in " ".join(cmdline(one))]


def cmdline(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.mark.slow
def test_ctrl_c_ends_all_phones_and_reports(lab: Lab, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run = started(lab, out, *BOTH)
    wait_for(out, "tests/*/offline_content/try-1/*.png")
    run.send_signal(signal.SIGINT)
    said, _ = run.communicate(timeout=200)

    assert run.returncode == 19
    assert document(said)["exit_code"] == 19
    assert (out / "verdicts.json").exists()
    assert (out / "observations.jsonl").exists()


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["adb-server-killed", "appium-killed"])
def test_a_shared_server_that_dies_never_blames_the_service(
    lab: Lab, tmp_path: Path, fault: str
) -> None:
    out = tmp_path / "run"
    words = ["--device", "one", "--device", "two", "--device", "three", "--scenario", "followers"]
    done = lab.harness(
        "run", "--devices", devices(tmp_path), "--out", str(out), "--json", *words,
        timeout=400, HARNESS_FAULT=fault,
    )  # fmt: skip

    found = document(done.stdout)
    told = {row["device"]["name"] for row in found["verdicts"]}
    for name in {"one", "two", "three"} - told:  # broken before its scenario began, and said
        assert f"phone {name} could not be made ready" in done.stderr
    assert found["exit_code"] in {0, 15, 20}
    assert not {row["party"] for row in found["verdicts"]} & {"server", "client"}


def two_desks(folder: Path, answer: dict[str, Any]) -> str:
    """devices.yaml of two phones that stand already: one and two."""
    service = answer["service"]
    entries = {
        name: {
            "serial": phone["address"],
            "may_change_trust": True,
            "upstream_ca": service["upstream_ca"],
            "resolve": service["resolve"],
        }
        for name, phone in zip(("one", "two"), answer["phones"], strict=True)
    }
    file = folder / "devices.yaml"
    file.write_text(json.dumps({"phones": entries}))  # JSON is YAML as well
    return str(file)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("verb", "lost"),
    [
        ("cable_pulled", True),
        ("unauthorized", True),
        ("adb_silent", True),
        ("ui_hang", False),
        ("ui_garbage", False),
        ("reboot", False),
        ("screen_locked", False),
        ("storage_full", False),
    ],
)
def test_a_phone_that_breaks_costs_the_other_nothing(
    lab: Lab, tmp_path: Path, verb: str, *, lost: bool
) -> None:
    out = tmp_path / "run"
    with lab.phones("--count", "2") as answer:
        file = two_desks(tmp_path, answer)
        command = [*HARNESS, "run", "--devices", file, "--out", str(out), "--json", *BOTH]
        run = subprocess.Popen(
            [*command, "--scenario", "followers"], cwd=ROOT, env=lab.env(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        wait_for(out, "tests/one/followers/try-1/*.png")
        ask_phone(answer["phones"][0]["control"], verb, value=True)
        said, told = run.communicate(timeout=280)

    found = {row["device"]["name"]: row for row in document(said)["verdicts"]}
    assert (found["two"]["outcome"], found["two"]["party"]) == ("passed", "none"), told
    broken = found["one"]
    assert broken["outcome"] in {"passed", "inconclusive", "failed"}
    assert broken["party"] in {"none", "harness", "device"}, broken["summary"]
    if lost:
        assert (broken["outcome"], broken["party"]) == ("inconclusive", "harness")
        assert broken["rule"] == "harness_instrument_failed"
        assert "reach one" in broken["summary"]
    assert "Traceback" not in told


def test_a_phone_that_another_run_holds_is_refused(lab: Lab, tmp_path: Path) -> None:
    leases = lab.home / "state" / "leases"
    leases.mkdir(parents=True)
    with subprocess.Popen(["sleep", "60"]) as owner:
        try:
            begun = psutil.Process(owner.pid).create_time()
            lease = {
                "serial": "127.0.0.1:9", "device": "desk", "run": "other-run",
                "host": platform.node(), "pid": owner.pid,
                "process_started": begun, "since": time.time(), "until": time.time() + 500,
            }  # fmt: skip
            (leases / "127.0.0.1_9.json").write_text(json.dumps(lease))
            file = tmp_path / "devices.yaml"
            file.write_text('phones:\n  desk: {serial: "127.0.0.1:9", default: true}\n')
            refused = lab.harness("run", "--devices", str(file))
            shown = lab.harness("devices", "--devices", str(file), "--json")
        finally:
            owner.kill()
    assert refused.returncode == 18
    assert "is held by run other-run" in refused.stderr
    assert json.loads(shown.stdout)["devices"][0]["lease"]["run"] == "other-run"
