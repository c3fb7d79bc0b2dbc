import base64

import pytest

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import FakePhone


def test_what_the_driver_asks_at_session_start() -> None:
    async def script(driver: Driver) -> None:
        info = await driver.get("appium/device/info")
        assert {
            "apiVersion": "34",
            "platformVersion": "14",
            "manufacturer": "Google",
            "model": "Pixel 8",
            "brand": "google",
            "realDisplaySize": "1080x2400",
            "displayDensity": 420,
            "locale": "en_US",
            "timeZone": "Europe/Berlin",
        }.items() <= info.items()
        assert info["networks"][0]["isConnected"]
        driver.phone.network.is_online = False
        assert (await driver.get("appium/device/info"))["networks"] == []
        assert await driver.get("appium/device/declared_orientation") == "PORTRAIT"
        assert await driver.get("appium/device/apps") == []
        assert (await driver.get(""))["deviceModel"] == "Pixel 8"

    drive(script)


@pytest.mark.parametrize(
    ("level", "charging", "answer"),
    [
        (87, True, {"level": 0.87, "status": 2}),
        (87, False, {"level": 0.87, "status": 3}),
        (100, True, {"level": 1.0, "status": 5}),
    ],
)
def test_battery(level: int, charging: bool, answer: dict[str, float]) -> None:
    phone = FakePhone()
    phone.display.status.battery, phone.display.status.charging = level, charging

    async def script(driver: Driver) -> None:
        assert await driver.get("appium/device/battery_info") == answer

    drive(script, phone)


def test_clipboard() -> None:
    async def script(driver: Driver) -> None:
        content = base64.b64encode("grüße".encode()).decode()
        body = {"content": content, "contentType": "plaintext"}
        await driver.post("appium/device/set_clipboard", body)
        assert driver.phone.display.clipboard.text == "grüße"
        assert await driver.post("appium/device/get_clipboard") == content
        wrong = (400, "invalid argument")
        for bad in ({"content": "!"}, {"content": content, "contentType": "image"}):
            assert await driver.error("POST", "appium/device/set_clipboard", bad) == wrong

    drive(script)
