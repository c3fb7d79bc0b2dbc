"""The film of a failed scenario: made by the phone, gone from it, seen in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.adapters.adb.device import AdbDevice, connect
from harness.adapters.adb.film import FOLDER, SIDE, PhoneFilm, sweep
from harness.adapters.adb.link import AdbLink
from tests.e2e.lab import ROOT, Lab, devices_file, eventually
from tests.reporting.chromium import WHY_NOT, Chromium, chromium_binary
from tests.simphone.media.avc_decoder import decode

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]
PLAYED = """new Promise(told => {
  const film = document.querySelector('video');
  film.onseeked = () => told([film.videoWidth, film.videoHeight, film.error && film.error.message]);
  film.onerror = () => told(['error', film.error.message]);
  film.onloadedmetadata = () => { film.currentTime = film.duration / 2 };
  film.load();
})"""


def left_on(phone: AdbDevice) -> str:
    """Files and processes of a recording."""
    told = phone.shell(f"ls -R {FOLDER} 2>/dev/null; ps -A | grep screenrecord")
    return told.stdout


def test_a_phone_cleans_up_after_whoever_filmed_it(lab: Lab) -> None:
    with lab.phones() as answer:
        link, serial = AdbLink("127.0.0.1", lab.adb_port), answer["phones"][0]["address"]
        connect(link, serial)
        phone = AdbDevice("desk", serial, link)
        film = PhoneFilm(phone)

        film.start()
        assert "pid" in left_on(phone)
        (piece,) = film.stop()
        assert decode(piece).size == (SIDE, SIDE)
        assert eventually(lambda: left_on(phone) == "", 5)

        film.start()
        lab.adb("kill-server")  # as when the harness, the server or the cable goes
        lab.adb("connect", serial)
        assert eventually(lambda: left_on(phone) == "", 10)

        own = f"{FOLDER}/77"
        orphan = f"setsid screenrecord --size {SIDE}x{SIDE} {own}/1.mp4"
        phone.shell(f"mkdir -p {own}; {orphan} </dev/null >/dev/null 2>&1 & echo $! >{own}/pid")
        assert eventually(lambda: "1.mp4" in left_on(phone), 5)
        assert sweep(phone)
        assert left_on(phone) == ""
        assert not sweep(phone)


def test_a_failed_scenario_has_its_film_also_where_pytest_is_run_directly(
    lab: Lab, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    with lab.phones("--incident", "login-outage") as answer:
        devices = devices_file(tmp_path, answer)
        command = [sys.executable, "-m", "pytest", "-c", "scenarios/pytest.ini", "scenarios/"]
        command += ["--phone", "desk", "--devices", str(devices), "--scenario", "login"]
        command += ["--run-folder", str(out)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=lab.env(),
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 1, done.stdout + done.stderr  # pytest's own: a test failed
        assert "login on desk: failed, server" in done.stdout
        serial = answer["phones"][0]["address"]
        assert lab.adb("-s", serial, "shell", f"ls {FOLDER}; pidof screenrecord").stdout == ""

    films = sorted((out / "tests" / "desk" / "login" / "try-1").glob("film-*.mp4"))
    assert len(films) == 3  # user name and password were typed while nothing was filmed
    assert all(decode(film.read_bytes()).pictures for film in films)
    listed = {
        one["path"]: one for one in json.loads((out / "manifest.json").read_text())["artefacts"]
    }
    assert listed[films[0].relative_to(out).as_posix()]["media_type"] == "video/mp4"
    (result,) = (
        json.loads(file.read_text()) for file in (out / "allure-results").glob("*-result.json")
    )
    labels = {label["name"]: label["value"] for label in result["labels"]}
    wanted = {"epic": "Diagnosis", "feature": "login", "severity": "critical", "device": "desk",
              "party": "server", "outcome": "failed"}  # fmt: skip
    assert labels.items() >= wanted.items()
    assert all((out / name).is_file() for name in ("junit.xml", "allure-report/index.html"))
    sources = {one["name"]: one["source"] for one in result["attachments"]}
    logcat = out / "allure-results" / sources["logcat.txt"]
    assert logcat.stat().st_size, "the phone's log was attached before it was written down"
    kinds = [one["type"] for one in result["attachments"]]
    assert kinds.count("video/mp4") == 3
    if (browser := chromium_binary()) is None:
        pytest.skip(WHY_NOT)
    with Chromium(browser) as chromium:
        loaded = chromium.open(out / "index.html", 390, 664)
        assert loaded.console == []
        assert chromium.evaluate(PLAYED) == [SIDE, SIDE, None]
