"""A WireGuard tunnel for the app alone: seen through the real mitmproxy, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.device import DeviceConditions
from harness.domain.facts.traffic import Connection, Exchange
from harness.recorder.named_host import is_address
from harness.simphone.service.incidents import INCIDENTS
from tests.e2e.incident_truths import TRUTHS
from tests.e2e.lab import HARNESS, Lab, devices_file, eventually, started, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
FILES = "/data/data/com.wireguard.android/files"


def devices(folder: Path, answer: dict[str, object]) -> Path:
    file = devices_file(folder, answer)  # pyright: ignore[reportArgumentType] - the JSON line
    text = file.read_text()
    serial = next(line for line in text.splitlines() if "serial:" in line)
    file.write_text(text.replace(serial, f"{serial}\n    attach: wireguard"))
    return file


def left_on(lab: Lab, serial: str) -> tuple[str, str, str]:
    """What a tunnel of ours would have left: files, VPN, consent."""

    def shell(command: str) -> str:
        return lab.adb("-s", serial, "shell", command).stdout

    files = shell(f"su 0 ls {FILES}; ls /data/local/tmp /sdcard/Download | grep -v harness-dm")
    return (
        "\n".join(
            line for line in files.splitlines() if "harness" in line and "harness-dm" not in line
        ),
        "VPN" if "VPN CONNECTED" in shell("dumpsys connectivity") else "",
        shell("appops get com.wireguard.android ACTIVATE_VPN").strip(),
    )


def test_the_outage_is_seen_through_the_tunnel(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--maker", "emulator", "--wireguard") as answer:
        phone = answer["phones"][0]
        serial = str(phone["address"])
        before = left_on(lab, serial)
        httpx.put(f"{phone['control']}/incident", json={"name": "login-outage"}).raise_for_status()
        out = tmp_path / "run"
        words = ["run", "--devices", str(devices(tmp_path, answer)), "--scenario", "login"]
        done = lab.harness(*words, "--scenario", "followers", "--out", str(out))
        said = done.stdout + done.stderr
        by_scenario = {verdict["scenario"]: verdict for verdict in verdicts(out)}
        login = by_scenario["login"]
        assert (login["party"], login["rule"]) == ("server", "http_server_error"), said
        assert login["visibility"] == "open"
        assert by_scenario["followers"]["rule"] == "envelope_value_zero", said
        lines = [line.facts for line in read_observations(out)]
        seen = [facts for facts in lines if isinstance(facts, CaptureVisibility)]
        assert {facts.way for facts in seen} == {"wireguard"}
        assert "decrypted" in {facts.canary for facts in seen}
        asked = [s for s in lines if isinstance(s, Exchange)]
        assert asked
        assert {(facts.port, is_address(facts.host)) for facts in asked} == {(443, False)}
        assert not [s for s in lines if isinstance(s, Connection) and is_address(s.host or "")]
        states = [facts for facts in lines if isinstance(facts, DeviceConditions)]
        assert {(s.vpn, s.vpn_ours, s.http_proxy) for s in states if s.vpn} == {(True, True, None)}
        assert left_on(lab, serial) == before
        texts = [path.read_bytes() for path in out.rglob("*") if path.is_file()]
        assert not [text for text in texts if b"PrivateKey" in text or b"client_key" in text]


def test_a_killed_run_leaves_no_tunnel(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--maker", "emulator", "--wireguard") as answer:
        serial = str(answer["phones"][0]["address"])
        before = left_on(lab, serial)
        command = [*HARNESS, "run", "--devices", str(devices(tmp_path, answer))]
        command += ["--scenario", "followers", "--out", str(tmp_path / "run")]
        with started(command, lab.env()) as process:
            assert eventually(lambda: left_on(lab, serial)[1] == "VPN", 60)
            process.kill()
            process.wait(10)
        assert eventually(lambda: left_on(lab, serial) == before, 12), left_on(lab, serial)
        assert lab.harness("reset", "--devices", str(tmp_path / "devices.yaml")).returncode == 0
        assert left_on(lab, serial) == before


@pytest.mark.parametrize("incident", sorted(INCIDENTS))
def test_an_incident_is_told_as_without_a_tunnel(lab: Lab, tmp_path: Path, incident: str) -> None:
    with lab.phones("--maker", "emulator", "--wireguard", "--incident", incident) as answer:
        words = ["run", "--devices", str(devices(tmp_path, answer)), "--scenario", "login"]
        out = tmp_path / "run"
        done = lab.harness(*words, "--scenario", "followers", "--out", str(out))
    said = done.stdout + done.stderr
    found = {verdict["scenario"]: verdict for verdict in verdicts(out)}
    assert set(found) == {"login", "followers"}
    for scenario, verdict in found.items():
        right = TRUTHS[incident, scenario, "open"].pairs
        assert (verdict["outcome"], verdict["party"]) in right, said
