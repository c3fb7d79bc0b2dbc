"""Clients that know nothing of the harness use the simulated phone as they use any phone."""

from __future__ import annotations

import filecmp
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from adbutils import AdbClient
from appium import webdriver
from appium.options.android import UiAutomator2Options
from appium.webdriver.client_config import AppiumClientConfig
from appium.webdriver.common.appiumby import AppiumBy

from harness.adapters.places import android_home, node_binary, node_folder
from tests.e2e.lab import Lab, eventually, free_port, started

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


def test_adbutils(lab: Lab) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        device = AdbClient("127.0.0.1", lab.adb_port, socket_timeout=10).device(serial)
        assert device.shell("echo hi") == "hi"
        assert device.shell2("ls /no-such").returncode == 1
        device.sync.push(b"content", "/sdcard/note.txt")
        assert device.sync.read_text("/sdcard/note.txt") == "content"
        names = {entry.path for entry in device.sync.iter_directory("/sdcard")}
        assert names >= {"note.txt", "DCIM"}
        package = answer["phones"][0]["package"]
        assert package in device.list_packages()
        shown = device.app_info(package)
        assert shown is not None
        assert (shown.version_code or 0) > 0
        picture = device.screenshot()
        assert picture.size == (1080, 2400)


@contextmanager
def appium_server(lab: Lab, log: Path) -> Generator[str]:
    """A bare Appium server as anyone starts it."""
    port = free_port()
    node = node_binary()
    env = lab.env(ANDROID_HOME=str(android_home()), PATH=f"{node.parent}:/usr/bin:/bin")
    command = [str(node), "node_modules/appium/index.js", "server", "--address", "127.0.0.1"]
    command += ["--port", str(port), "--log", str(log), "--log-level", "error:debug"]
    with started(command, env, cwd=node_folder()):
        url = f"http://127.0.0.1:{port}"

        def ready() -> bool:
            try:
                return httpx.get(f"{url}/status", timeout=2).is_success
            except httpx.HTTPError:
                return False

        assert eventually(ready, 40)
        yield url


def open_session(url: str, lab: Lab, phone: dict[str, Any]) -> webdriver.Remote:
    options = UiAutomator2Options()
    options.udid = phone["address"]
    options.app_package = phone["package"]
    options.app_wait_activity = "*"
    options.no_reset = True
    options.set_capability("appium:noSign", value=True)
    options.set_capability("appium:adbPort", lab.adb_port)
    return webdriver.Remote(options=options, client_config=AppiumClientConfig(url, timeout=60))


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
