import asyncio

import pytest

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import FakePhone, LogIn


def test_status_and_session_as_the_driver_reads_them() -> None:
    async def script(driver: Driver) -> None:
        status = (await driver.http.get("/status")).json()
        assert status["value"] == {
            "ready": True,
            "message": "UiAutomator2 Server is ready to accept commands",
            "build": {"version": "10.6.6", "versionCode": 278},
        }
        answer = await driver.http.post(
            "/session",
            json={"capabilities": {"firstMatch": [{"udid": "x"}], "alwaysMatch": {"a": 1}}},
        )
        value = answer.json()["value"]
        assert answer.json()["sessionId"] == value["sessionId"]
        assert value["capabilities"]["udid"] == "x"
        assert value["capabilities"]["a"] == 1
        assert value["capabilities"]["deviceScreenSize"] == "1080x2400"
        sessions = (await driver.http.get("/sessions")).json()["value"]
        assert [session["id"] for session in sessions] == [value["sessionId"]]

    drive(script)


def test_the_old_base_path_works_too() -> None:
    async def script(driver: Driver) -> None:
        answer = await driver.http.get(f"/wd/hub/session/{driver.session}/orientation")
        assert answer.json() == {"sessionId": driver.session, "value": "PORTRAIT"}

    drive(script)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error"),
    [
        ("GET", "/nonsense", None, 404, "unknown command"),
        ("GET", "/session/other/source", None, 404, "invalid session id"),
        ("POST", "/session", b"{}", 500, "session not created"),
        ("POST", "/session", b"{oops", 400, "invalid argument"),
        ("POST", "/session", b"[1]", 400, "invalid argument"),
        ("GET", "/session/SID/nonsense", None, 404, "unknown command"),
        ("DELETE", "/session/SID/source", None, 404, "unknown command"),
        ("POST", "/session/SID/element", b"{}", 400, "invalid argument"),
    ],
)
def test_wrong_requests_get_w3c_errors(
    method: str, path: str, body: bytes | None, status: int, error: str
) -> None:
    async def script(driver: Driver) -> None:
        answer = await driver.http.request(
            method, path.replace("SID", driver.session), content=body
        )
        value = answer.json()["value"]
        assert (answer.status_code, value["error"]) == (status, error)
        assert value["message"]
        assert value["stacktrace"].startswith("io.appium.uiautomator2")

    drive(script)


def test_an_app_that_fails_in_a_click_does_not_end_the_server() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display)

        async def broken() -> None:
            raise KeyError("a bug")

        app.clicked = lambda what: broken
        app.open()
        element = await driver.find("accessibility id", "Back")
        assert await driver.error("POST", f"element/{element}/click", {}) == (500, "unknown error")
        assert await driver.get("orientation") == "PORTRAIT"

    drive(script)


def test_four_sockets_at_once_are_served() -> None:
    async def script(driver: Driver) -> None:
        paths = ["pixel_ratio", "system_bars", "display_density", "info"]
        values = await asyncio.gather(*(driver.get(f"appium/device/{path}") for path in paths))
        assert values[:3] == [2.625, {"statusBar": 63, "statusBarHeight": 63}, 420]
        assert values[3]["realDisplaySize"] == "1080x2400"

    drive(script, FakePhone())
