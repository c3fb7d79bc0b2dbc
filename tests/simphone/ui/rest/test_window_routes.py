import base64

import pytest

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import APP, FakePhone, LogIn, new_display


@pytest.mark.parametrize(
    ("filters", "packages"),
    [
        (None, [APP, "com.android.systemui"]),
        ({"packageName": "com.example.*"}, [APP]),
        ({"type": 3}, ["com.android.systemui"]),
        ({"isFocused": True, "displayId": 0}, [APP]),
        ({"title": "nothing"}, []),
    ],
)
def test_windows_are_filtered(filters: object, packages: list[str]) -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        windows = await driver.post("appium/list_windows", {"filters": filters})
        assert [window["packageName"] for window in windows] == packages

    drive(script)


@pytest.mark.parametrize(("api", "skip", "pictured"), [(34, False, True), (34, True, False)])
def test_a_window_as_the_driver_documents_it(api: int, skip: bool, pictured: bool) -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        (window, bar) = await driver.post("appium/list_windows", {"skipScreenshots": skip})
        assert window["rect"] == {"left": 0, "top": 0, "right": 1080, "bottom": 2400}
        assert window["layer"] > bar["layer"]
        shown = window["screenshot"]
        assert (shown is not None) == pictured
        if pictured:
            assert base64.b64decode(shown).startswith(b"\x89PNG")

    drive(script, FakePhone(display=new_display(api=api)))


def test_unknown_filters_are_refused() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        for filters in ({"colour": "red"}, "all"):
            refused = await driver.error("POST", "appium/list_windows", {"filters": filters})
            assert refused == (400, "invalid argument")

    drive(script)


def test_the_display() -> None:
    async def script(driver: Driver) -> None:
        (display,) = await driver.post("appium/list_displays")
        assert display["isDefault"] is True
        assert display["metrics"]["widthPixels"] == 1080
        assert display["metrics"]["density"] == 2.625

    drive(script)
