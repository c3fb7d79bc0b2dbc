"""openatx/uiautomator2, unchanged: what it does over adb, and its server on the phone."""

from __future__ import annotations

import io
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uiautomator2  # pyright: ignore[reportMissingTypeStubs]
from adbutils import AdbClient

from tests.e2e.lab import Lab

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@dataclass(frozen=True, slots=True)
class Desk:
    """The client's device, and what `harness phone` said of it."""

    device: Any  # the client has no types
    phone: dict[str, Any]
    folder: Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Generator[Desk]:
    folder = tmp_path_factory.mktemp("uiautomator2")
    lab = Lab(folder)
    try:
        with lab.phones("--logged-out") as answer:
            phone = answer["phones"][0]
            adb = AdbClient("127.0.0.1", lab.adb_port).device(phone["address"])
            device = uiautomator2.connect(adb)  # pyright: ignore[reportArgumentType,reportUnknownMemberType]
            yield Desk(device, phone, folder)
            device.stop_uiautomator()
    finally:
        lab.close()


def test_facts(desk: Desk) -> None:
    device = desk.device
    assert device.device_info["sdk"] == 34
    assert device.info["displayWidth"] == 1080
    assert device.window_size() == (1080, 2400)
    assert device.wlan_ip == "192.168.77.33"
    assert device.shell("echo in; false").exit_code == 1
    assert device.shell(["echo", "a  b"]).output == "a  b\n"


def test_apps(desk: Desk) -> None:
    device, package = desk.device, desk.phone["package"]
    device.app_start(package, stop=True)
    assert device.app_wait(package, front=True, timeout=10) > 0
    assert device.app_current()["package"] == package
    assert package in device.app_list_running()
    assert device.app_list("-3") == [package]
    assert device.app_info(package)["versionName"] == "43.1.4"
    device.app_auto_grant_permissions(package)
    assert "granted=false" not in device.shell(f"dumpsys package {package}").output
    device.app_stop(package)
    assert package not in device.app_list_running()


def test_files_and_pictures(desk: Desk) -> None:
    device = desk.device
    device.push(io.BytesIO(b"content"), "/sdcard/u2.txt")
    device.pull("/sdcard/u2.txt", str(desk.folder / "back.txt"))
    assert (desk.folder / "back.txt").read_bytes() == b"content"
    assert device.screenshot().size == (1080, 2400)


def test_screens(desk: Desk) -> None:
    device, package = desk.device, desk.phone["package"]
    device.app_start(package, stop=True)
    assert device(description="Profile").exists(timeout=10)
    device(description="Profile").click()
    assert device.xpath("//*[contains(@text, 'Log in')]").wait(timeout=5)
    assert device(textContains="Log in").get_text()
    assert not device(text="no such text").exists
    assert package in device.dump_hierarchy()
    device.press("home")
    assert device.app_current()["package"] != package
    device.set_clipboard("copied")
    assert device.clipboard == "copied"
    device.screen_off()
    assert device.info["screenOn"] is False
    device.screen_on()
    device.unlock()
    assert device.info["screenOn"] is True


def test_a_stopped_server_is_started_again(desk: Desk) -> None:
    desk.device.stop_uiautomator()
    assert desk.device.info["sdkInt"] == 34
