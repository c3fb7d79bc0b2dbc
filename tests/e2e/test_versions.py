"""Each Android version and maker through the real adb and the real Appium."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from appium.webdriver.common.appiumby import AppiumBy

from harness.simphone.fleet import RELEASES
from harness.simphone.makers import MAKERS
from tests.e2e.appium_server import appium_server, open_session
from tests.e2e.lab import Lab, devices_file, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

VERSIONS = (26, 29, 30, 31, 33, 34, 35, 36)
SAMPLE = [(26, "google")]
"""In `make test`; all others belong to `make prove`."""
ALL = [
    *((api, "google") for api in VERSIONS),
    *((api, name) for api in (29, 34, 36) for name in MAKERS if name not in ("google", "emulator")),
]


@dataclass(frozen=True, slots=True)
class Station:
    """A lab with an Appium server that all phones share."""

    lab: Lab
    url: str


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Generator[Station]:
    folder: Path = tmp_path_factory.mktemp("versions")
    lab = Lab(folder)
    with ExitStack() as stack:
        stack.callback(lab.close)
        url = stack.enter_context(appium_server(lab, folder / "appium.log", "--relaxed-security"))
        yield Station(lab, url)


def used_as_by_anyone(station: Station, api: int, maker: str) -> None:
    with station.lab.phones("--api", str(api), "--maker", maker, "--logged-out") as answer:
        phone = answer["phones"][0]
        serial = phone["address"]

        def shell(script: str) -> str:
            return station.lab.adb("-s", serial, "shell", script).stdout

        assert shell("getprop ro.build.version.sdk; getprop ro.build.version.release") == (
            f"{api}\n{RELEASES[api]}\n"
        )
        assert shell("getprop ro.product.manufacturer") == f"{MAKERS[maker].manufacturer}\n"
        assert MAKERS[maker].home[0] in shell("dumpsys window windows | grep mCurrentFocus")
        driver = open_session(station.url, station.lab, phone)
        try:
            driver.implicitly_wait(10)
            assert driver.current_package == phone["package"]
            driver.find_element(AppiumBy.ACCESSIBILITY_ID, "Profile").click()
            assert driver.find_element(AppiumBy.XPATH, "//*[contains(@text, 'Log in')]")
            assert driver.capabilities["deviceApiLevel"] == api
            assert driver.capabilities["deviceManufacturer"] == MAKERS[maker].manufacturer
            assert driver.get_clipboard_text() == ""
            told = driver.execute_script("mobile: shell", {"command": "id", "args": ["-u"]})
            assert str(told).strip() == "2000"
            driver.press_keycode(3)
            assert driver.current_package == MAKERS[maker].home[0]
        finally:
            driver.quit()


@pytest.mark.parametrize(("api", "maker"), SAMPLE)
def test_versions_and_makers(station: Station, api: int, maker: str) -> None:
    used_as_by_anyone(station, api, maker)


@pytest.mark.slow
@pytest.mark.parametrize(("api", "maker"), [pair for pair in ALL if pair not in SAMPLE])
def test_all_versions_and_makers(station: Station, api: int, maker: str) -> None:
    used_as_by_anyone(station, api, maker)


@pytest.mark.slow
@pytest.mark.parametrize("api", [26, 28])
def test_the_traffic_of_an_old_android_is_read(lab: Lab, tmp_path: Path, api: int) -> None:
    """Its adbd streams no packages, and its toybox has neither nsenter nor nc."""
    with lab.phones("--api", str(api), "--logged-out") as answer:
        devices, out = devices_file(tmp_path, answer), tmp_path / "out"
        done = lab.harness(
            "run", "--devices", str(devices), "--scenario", "login", "--out", str(out)
        )
        (verdict,) = verdicts(out)
        told = (verdict["outcome"], verdict["party"], verdict["visibility"])
        assert told == ("passed", "none", "open"), done.stdout + done.stderr
        serial = answer["phones"][0]["address"]
        left = lab.adb(
            "-s", serial, "shell", "settings get global http_proxy; mount | grep -c cacerts"
        )
        assert left.stdout in (":0\n0\n", "null\n0\n")
