"""The phone in the form of an emulator: its name in adb, its console, Appium's use of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.appium_server import appium_server, open_session
from tests.e2e.lab import Lab, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_the_adb_binary_and_appium(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--maker", "emulator", "--logged-out") as answer:
        phone = answer["phones"][0]
        serial = str(phone["address"])

        def adb(*words: str) -> str:
            return lab.adb("-s", serial, *words).stdout

        assert serial.startswith("emulator-")
        assert f"{serial}\tdevice" in lab.adb("devices").stdout
        assert adb("shell", "getprop ro.kernel.qemu") == "1\n"
        assert adb("emu", "avd", "name") == "sim-1\nOK\n"
        adb("emu", "power", "capacity", "33")
        assert "  level: 33\n" in adb("shell", "dumpsys battery")
        adb("root")
        assert eventually(lambda: adb("shell", "id -u") == "0\n", 20)
        adb("reboot")
        assert eventually(lambda: adb("shell", "id -u") == "2000\n", 20)
        with appium_server(lab, tmp_path / "appium.log", "--relaxed-security") as url:
            driver = open_session(url, lab, phone)
            try:
                calls = {
                    "powerCapacity": {"percent": 5},
                    "powerAc": {"state": "off"},
                    "gsmCall": {"phoneNumber": "123", "action": "call"},
                    "gsmSignal": {"strength": 1},
                    "gsmVoice": {"state": "roaming"},
                    "networkSpeed": {"speed": "lte"},
                    "sensorSet": {"sensorType": "light", "value": "50"},
                    "fingerprint": {"fingerprintId": 1},
                    "sendSms": {"phoneNumber": "123", "message": "hello"},
                }
                for name, arguments in calls.items():
                    driver.execute_script(f"mobile: {name}", arguments)
                wish = {"command": ["power", "display"]}
                told = driver.execute_script("mobile: execEmuConsoleCommand", wish)
                assert "capacity: 5" in str(told)
                assert "AC: offline" in str(told)
            finally:
                driver.quit()
        assert "level: 5\n" in adb("shell", "dumpsys battery")
    # The server lists an emulator that has gone as offline until it has noticed.
    assert eventually(lambda: serial not in lab.adb("devices").stdout, 20)
