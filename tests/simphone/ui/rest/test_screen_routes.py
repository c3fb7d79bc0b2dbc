import base64

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no type stubs

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import APP, LogIn


def test_source_and_screenshot() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        root = etree.fromstring((await driver.get("source")).encode())
        assert [child.get("package") for child in root] == [APP, "com.android.systemui"]
        assert base64.b64decode(await driver.get("screenshot")).startswith(b"\x89PNG")

    drive(script)


def test_size_and_orientation() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        assert await driver.get("window/current/size") == {"width": 1080, "height": 2400}
        assert await driver.get("orientation") == "PORTRAIT"
        assert await driver.get("rotation") == {"x": 0, "y": 0, "z": 0}
        assert await driver.post("orientation", {"orientation": "PORTRAIT"}) is None
        refused = await driver.error("POST", "orientation", {"orientation": "LANDSCAPE"})
        assert refused == (400, "invalid element state")
        assert await driver.post("appium/reset_ax_cache") is None

    drive(script)


def test_settings_change_the_source() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        assert (await driver.get("appium/settings"))["waitForIdleTimeout"] == 10000
        whole = await driver.get("source")
        await driver.post("appium/settings", {"settings": {"ignoreUnimportantViews": True}})
        assert len(await driver.get("source")) < len(whole)
        await driver.post("appium/settings", {"settings": {"snapshotMaxDepth": 1}})
        flat = etree.fromstring((await driver.get("source")).encode())
        assert [len(child) for child in flat] == [0, 0]
        wrong = await driver.error("POST", "appium/settings", {"settings": 3})
        assert wrong == (400, "invalid argument")

    drive(script)
