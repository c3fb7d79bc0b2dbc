"""An entry with `avd:`: started under emulator-55xx, driven, stopped; also when we are killed."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.device import DeviceConditions
from harness.domain.facts.traffic import Exchange
from harness.recorder.named_host import is_address
from tests.e2e.lab import HARNESS, Lab, devices_file, eventually, started, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def stand_in(folder: Path, address: str, control: str = "") -> dict[str, Any]:
    """An SDK whose emulator is the stand-in; what it needs in its environment."""
    program = folder / "sdk" / "emulator" / "emulator"
    program.parent.mkdir(parents=True)
    source = Path(__file__).with_name("stand_in_emulator.py")
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {source} "$@"\n')
    program.chmod(0o755)
    return {
        "ANDROID_HOME": str(folder / "sdk"),
        "STAND_IN_PHONE": address,
        "STAND_IN_PID": str(folder / "pid"),
        "STAND_IN_CONTROL": control,
    }


def entry(folder: Path, answer: dict[str, object], avd: str) -> Path:
    """As for a phone on the desk, but as an emulator's."""
    file = devices_file(folder, answer)  # pyright: ignore[reportArgumentType] - the JSON line
    lines = file.read_text().splitlines(keepends=True)
    kept = [line if "serial:" not in line else f"    avd: {avd}\n" for line in lines]
    file.write_text("".join(kept))
    return file


def ended(folder: Path) -> bool:
    """The stand-in is no more."""
    return not psutil.pid_exists(int((folder / "pid").read_text()))


def test_it_is_started_used_and_stopped(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--no-connect") as answer:
        more = stand_in(tmp_path, answer["phones"][0]["address"])
        devices = entry(tmp_path, answer, "{name: Pixel_8, port: 5680, boot_seconds: 60}")
        out = tmp_path / "reports"
        command = ("run", "--devices", str(devices), "--scenario", "followers", "--out", str(out))
        done = lab.harness(*command, **more)
        said = done.stdout + done.stderr
        (verdict,) = verdicts(out)
        assert (done.returncode, verdict["outcome"]) == (0, "passed"), said
        assert verdict["device"]["serial"] == "emulator-5680"
        assert ended(tmp_path)


@pytest.mark.slow
def test_its_own_proxy_flag_leads_all_to_us_and_changes_nothing_on_the_phone(
    lab: Lab, tmp_path: Path
) -> None:
    with lab.phones("--no-connect") as answer:
        phone = answer["phones"][0]
        more = stand_in(tmp_path, phone["address"], phone["control"])
        devices = entry(tmp_path, answer, "Pixel_8\n    attach: emulator-proxy")
        httpx.put(f"{phone['control']}/incident", json={"name": "login-outage"}).raise_for_status()
        out = tmp_path / "reports"
        done = lab.harness("run", "--devices", str(devices), "--scenario", "login",
                           "--out", str(out), **more)  # fmt: skip
        said = done.stdout + done.stderr
        (verdict,) = verdicts(out)
        assert (verdict["party"], verdict["rule"]) == ("server", "http_server_error"), said
        assert verdict["visibility"] == "open"
        told = [made["statement"] for made in verdict["controls"] if made["name"] == "canary"]
        assert any("can be read" in text for text in told), told
        lines = [line.facts for line in read_observations(out)]
        ways = {(s.way, s.because) for s in lines if isinstance(s, CaptureVisibility)}
        assert ways == {("emulator-proxy", "its entry says attach: emulator-proxy")}
        hosts = {facts.host for facts in lines if isinstance(facts, Exchange)}
        assert hosts
        assert not [host for host in hosts if is_address(host)], "known by their names"
        seen = [facts for facts in lines if isinstance(facts, DeviceConditions)]
        assert {(facts.http_proxy, facts.proxy_expected) for facts in seen} == {(None, None)}


def test_it_ends_with_a_killed_run(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--no-connect") as answer:
        more = stand_in(tmp_path, answer["phones"][0]["address"])
        devices = entry(tmp_path, answer, "Pixel_8")
        command = [*HARNESS, "run", "--devices", str(devices), "--scenario", "followers"]
        command += ["--out", str(tmp_path / "reports")]
        with started(command, lab.env(**more)) as process:
            assert eventually((tmp_path / "pid").exists, 60)
            process.send_signal(signal.SIGKILL)
            assert eventually(lambda: ended(tmp_path), 20)


def test_an_avd_that_is_not_there_is_told(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--no-connect") as answer:
        more = stand_in(tmp_path, answer["phones"][0]["address"])
        devices = entry(tmp_path, answer, "missing")
        done = lab.harness("run", "--devices", str(devices), "--scenario", "followers", **more)
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 20, said
    assert "Unknown AVD name [missing]" in said
    assert "Traceback" not in said
