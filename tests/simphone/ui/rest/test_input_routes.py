from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import LogIn


def test_a_log_in_as_a_script_does_it() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display).open()
        name = await driver.find("xpath", "(//android.widget.EditText)[1]")
        await driver.post(f"element/{name}/click")
        assert driver.phone.display.keyboard_shown
        await driver.post(f"element/{name}/value", {"text": "zo", "replace": False})
        await driver.post(f"element/{name}/value", {"value": ["e"]})
        assert await driver.get(f"element/{name}/text") == "zoe"
        active = await driver.get("element/active")
        assert active["ELEMENT"] == name
        secret = await driver.find("id", "secret")
        await driver.post(f"element/{secret}/value", {"text": "wrong"})
        await driver.post(f"element/{secret}/value", {"text": "s3cret", "replace": True})
        assert await driver.get(f"element/{secret}/text") == "••••••"
        go = await driver.find("id", "go")
        await driver.post(f"element/{go}/click")
        assert (app.name, app.password, app.clicks) == ("zoe", "s3cret", ["continue"])
        await driver.post(f"element/{secret}/clear")
        assert app.password == ""

    drive(script)


def test_keys_go_to_the_focus() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display).open()
        name = await driver.find("xpath", "(//android.widget.EditText)[1]")
        await driver.post(f"element/{name}/click")
        await driver.post("keys", {"text": "ab"})
        await driver.post("keys", {"value": ["c"]})
        await driver.post("appium/device/press_keycode", {"keycode": 67})
        assert app.name == "ab"
        await driver.post(f"element/{name}/value", {"text": "!\n"})
        await driver.post("keys", {"text": "pw"})
        assert (app.name, app.password) == ("ab!", "pw")
        await driver.post("back")
        assert not driver.phone.display.keyboard_shown
        await driver.post("appium/device/long_press_keycode", {"keycode": 3})
        focus = driver.phone.display.focus()
        assert focus is not None
        assert focus[0].endswith("nexuslauncher")

    drive(script)


def test_what_cannot_be_done() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        go = await driver.find("id", "go")
        state = (400, "invalid element state")
        assert await driver.error("POST", f"element/{go}/value", {"text": "x"}) == state
        assert await driver.error("POST", f"element/{go}/clear", {}) == state
        name = await driver.find("class name", "android.widget.EditText")
        wrong = (400, "invalid argument")
        assert await driver.error("POST", f"element/{name}/value", {"text": 3}) == wrong
        assert await driver.error("POST", "keys", {}) == wrong
        for body in ({}, {"keycode": "4"}, {"keycode": True}):
            assert await driver.error("POST", "appium/device/press_keycode", body) == wrong

    drive(script)


def test_notifications_open() -> None:
    async def script(driver: Driver) -> None:
        driver.phone.display.status.notifications.append(("TikTok", "hello"))
        await driver.post("appium/device/open_notifications")
        await driver.find("xpath", "//*[@text='hello']")

    drive(script)
