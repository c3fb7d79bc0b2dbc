"""The first route: a newcomer's command, a verdict, a page whose claims lead to their lines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psutil
import pytest

from tests.e2e.lab import HARNESS, Lab, devices_file, eventually, started, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_health_passes_and_the_outage_is_the_servers(lab: Lab, tmp_path: Path) -> None:
    for incident, outcome, party in (
        ("none", "passed", "none"),
        ("login-outage", "failed", "server"),
    ):
        out = tmp_path / incident
        done = lab.harness(
            "run", "--device", "sim", "--scenario", "login", "--incident", incident,
            "--out", str(out),
        )  # fmt: skip
        (verdict,) = verdicts(out)
        assert (verdict["outcome"], verdict["party"]) == (outcome, party), done.stdout + done.stderr
        assert done.returncode == (0 if outcome == "passed" else 1)
        if party == "server":
            assert verdict["confidence"] >= 0.9
        check_page(out)
        check_manifest(out)
        check_repeats(lab, out, verdict)


def check_page(run: Path) -> None:
    """Every claim on the page leads to lines of observations.jsonl."""
    page = (run / "index.html").read_text(encoding="utf-8")
    known = {
        json.loads(line)["id"] for line in (run / "observations.jsonl").read_text().splitlines()
    }
    claims = re.findall(r'class="claim" data-refs="([^"]*)"', page)
    assert claims
    for refs in claims:
        assert refs.split()
        assert set(refs.split()) <= known
    assert "Simulated:" in page
    assert (run / "allure-report" / "index.html").is_file()
    assert (run / "junit.xml").is_file()


def check_manifest(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text())
    assert manifest["simulated"] is True
    listed = {item["path"] for item in manifest["artefacts"]}
    on_disk = {
        path.relative_to(run).as_posix()
        for path in run.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert listed == on_disk


def check_repeats(lab: Lab, run: Path, verdict: dict[str, object]) -> None:
    """The same verdict again, without a phone."""
    again = lab.harness("diagnose", str(run), "--json")
    document = json.loads(again.stdout)
    for key in ("outcome", "party", "rule", "confidence"):
        assert document["verdicts"][0][key] == verdict[key]


def test_the_real_programs_run_and_no_secret_is_kept(lab: Lab, tmp_path: Path) -> None:
    with lab.phones() as answer:
        phone = answer["phones"][0]
        secret = Path(phone["account"]["password_file"]).read_text().strip()
        before = settings(lab, phone["address"])
        devices = devices_file(tmp_path, answer)
        out = tmp_path / "reports"
        command = [*HARNESS, "run", "--devices", str(devices), "--out", str(out)]
        seen: set[str] = set()
        with started(command, lab.env()) as process:
            eventually(lambda: note_programs(process.pid, seen) or process.poll() is not None, 150)
            assert process.returncode == 0, process.communicate(timeout=10)
        assert seen >= {"adb", "appium", "mitmdump"}
        assert settings(lab, phone["address"]) == before
        assert leaks(out, secret) == []


def note_programs(pid: int, seen: set[str]) -> bool:
    """Adds the real programs among the children; never true, so that it goes on."""
    try:
        for child in psutil.Process(pid).children(recursive=True):
            words = " ".join(child.cmdline())
            seen |= {name for name in ("adb", "appium", "mitmdump") if name in words}
    except psutil.Error:
        pass
    return False


def settings(lab: Lab, serial: str) -> list[str]:
    """What the phone's global settings, reverse list and CA folder say."""
    shell = "settings list global; ls /apex/com.android.conscrypt/cacerts; mount | grep cacerts"
    text = lab.adb("-s", serial, "shell", shell).stdout
    text += lab.adb("-s", serial, "reverse", "--list").stdout
    return sorted(line for line in text.splitlines() if line.strip())


def leaks(folder: Path, secret: str) -> list[str]:
    """Files that hold the secret, plain or in the encodings that apps use for it."""
    plain = secret.encode()
    forms = {plain, plain.hex().encode(), bytes(b ^ 5 for b in plain).hex().encode()}
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]
