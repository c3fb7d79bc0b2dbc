"""Clients that know nothing of the harness use the simulated phone as they use any phone."""

from __future__ import annotations

import filecmp
import subprocess
from pathlib import Path

import pytest
from appium.webdriver.common.appiumby import AppiumBy

from harness.adapters.places import node_folder
from tests.e2e.appium_server import appium_server, open_session
from tests.e2e.lab import Lab, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_the_adb_binary(lab: Lab, tmp_path: Path) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        assert lab.adb("-s", serial, "shell", "echo $((6*7)); exit 5").returncode == 5
        assert lab.adb("-s", serial, "shell", "getprop ro.build.version.sdk").stdout == "34\n"
        source = tmp_path / "src" / "inner"
        source.mkdir(parents=True)
        (source / "ä b.bin").write_bytes(bytes(range(256)) * 400)
        (source.parent / "empty").write_bytes(b"")
        assert (
            lab.adb("-s", serial, "push", str(source.parent), "/sdcard/Download/").returncode == 0
        )
        pulled = tmp_path / "back"
        assert lab.adb("-s", serial, "pull", "/sdcard/Download/src", str(pulled)).returncode == 0
        assert filecmp.cmp(source / "ä b.bin", pulled / "inner" / "ä b.bin", shallow=False)
        assert (pulled / "empty").stat().st_size == 0
        apk = next((node_folder() / "node_modules").rglob("settings_apk-debug.apk"))
        assert "Success" in lab.adb("-s", serial, "install", str(apk)).stdout
        listed = lab.adb("-s", serial, "shell", "pm list packages io.appium").stdout
        assert listed == "package:io.appium.settings\n"
        assert lab.adb("-s", serial, "shell", "no-such-program").returncode == 127
        lab.adb("-s", serial, "root")
        whoami = ("-s", serial, "shell", "id -u")
        assert eventually(lambda: lab.adb(*whoami).stdout == "0\n", 10)
        assert lab.adb("-s", serial, "remount").stdout == "remount succeeded\n"
        assert lab.adb("-s", serial, "push", str(apk), "/system/app/x.apk").returncode == 0


def test_a_bare_appium_script(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--logged-out") as answer, appium_server(lab, tmp_path / "appium.log") as url:
        phone = answer["phones"][0]
        driver = open_session(url, lab, phone)
        try:
            driver.implicitly_wait(10)
            assert driver.current_package == phone["package"]
            driver.find_element(AppiumBy.ACCESSIBILITY_ID, "Profile").click()
            found = driver.find_element(AppiumBy.XPATH, "//*[contains(@text, 'Log in')]")
            assert found.is_displayed()
            assert phone["package"] in driver.page_source
            assert len(driver.get_screenshot_as_png()) > 10_000
        finally:
            driver.quit()


def test_many_phones_in_one_process(lab: Lab) -> None:
    with lab.phones("--count", "3") as answer:
        assert len({phone["address"] for phone in answer["phones"]}) == 3
        attached: subprocess.CompletedProcess[str] = lab.adb("devices")
        assert attached.stdout.count("\tdevice") == 3
