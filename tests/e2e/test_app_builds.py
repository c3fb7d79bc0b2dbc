"""A build from devices.yaml through the real adb: chosen, installed, flagged, said everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.simphone.app.build import PACKAGE
from tests.adapters.builds import samples
from tests.e2e.lab import Lab, devices_file, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_a_newer_build_is_put_on_and_the_pin_is_flagged(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "builds").mkdir()
    samples.bundletool_apks(tmp_path / "builds" / "new.apks", "47.0.3")
    with lab.phones() as answer:
        devices = devices_file(
            tmp_path, answer, app="{file: builds/new.apks, version: 43.1.4, signer: 9041803e91bc}"
        )
        out = tmp_path / "reports"
        done = lab.harness(
            "run", "--devices", str(devices), "--scenario", "followers", "--out", str(out)
        )
        serial = answer["phones"][0]["address"]
        paths = lab.adb("-s", serial, "shell", f"pm path {PACKAGE}").stdout.split()
    said = done.stdout + done.stderr
    assert [path.rpartition("/")[2] for path in paths] == [
        "base.apk", "split_config.arm64_v8a.apk", "split_config.en.apk", "split_config.xxhdpi.apk",
    ], said  # fmt: skip
    (verdict,) = verdicts(out)
    assert verdict["outcome"] == "passed", said
    assert verdict["app"]["version_name"] == "47.0.3"
    assert verdict["app"]["genuine"] is False
    flagged = [
        line["statement"] for line in verdict["evidence"] if "asked for" in line["statement"]
    ]
    assert len(flagged) == 2
    assert "47.0.3 (2024700030) is installed" in flagged[0]
    assert "another build" in verdict["notes"][-1]
    check_reports(out)


def check_reports(out: Path) -> None:
    """Version, code, signer and installer in the manifest, in Allure and on the page."""
    (app,) = json.loads((out / "manifest.json").read_text())["apps"]
    assert (app["version_code"], app["genuine"], app["installer"]) == (2024700030, False, None)
    environment = (out / "allure-results" / "environment.properties").read_text()
    assert f"app.desk={PACKAGE} 47.0.3 (2024700030)" in environment
    page = (out / "index.html").read_text()
    assert "47.0.3 (2024700030)" in page
    assert "This result is for another build" in page


@pytest.mark.parametrize(
    ("content", "due"),
    [("cut", "is no whole ZIP archive"), ("x86", "has native code for x86_64 only")],
)
def test_a_build_that_cannot_be_used_is_told_in_one_sentence(
    lab: Lab, tmp_path: Path, content: str, due: str
) -> None:
    file = samples.apk(tmp_path / "base.apk")
    split = samples.apk(tmp_path / "x86.apk", split="config.x86_64")
    archive = samples.archive(tmp_path / "app.xapk", {"base.apk": file, "x86.apk": split})
    if content == "cut":
        archive.write_bytes(archive.read_bytes()[:-200])
    with lab.phones("--content", "none") as answer:
        devices = devices_file(tmp_path, answer, app="{file: app.xapk}")
        done = lab.harness("run", "--devices", str(devices), "--scenario", "followers")
    said = done.stdout + done.stderr
    assert done.returncode == 18, said
    assert due in " ".join(said.split())
    assert "app.xapk" in said
    assert "Traceback" not in said
