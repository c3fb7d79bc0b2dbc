import asyncio
from typing import Any

import pytest

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import APP, LogIn

SOURCE = {"type": "source", "name": "look", "payload": {"subtype": "xml"}}
PICTURE = {"type": "screenshot", "name": "picture", "payload": {"subtype": "png"}}


def click(rid: str) -> dict[str, Any]:
    locator = {"strategy": "id", "selector": rid}
    return {"type": "gesture", "name": "tap", "payload": {"subtype": "click", "locator": locator}}


async def ended(driver: Driver, repeats: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for _ in range(200):
        told = await driver.post("appium/action_history", {"name": "watch"})
        if told["repeats"] >= repeats:
            return told
        await asyncio.sleep(0.01)
    raise AssertionError(told)


def test_steps_are_repeated_and_their_history_kept() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        wish = {"name": "watch", "steps": [SOURCE, click("none")], "times": 3, "intervalMs": 1}
        await driver.post("appium/schedule_action", {**wish, "maxHistoryItems": 2})
        told = await ended(driver, 3)
        assert [len(run) for run in told["stepResults"]] == [2, 2]
        looked, tapped = told["stepResults"][0]
        assert (looked["passed"], tapped["passed"]) == (True, False)
        assert APP in looked["result"]
        assert tapped["exception"]["name"].endswith(".NoSuchElementException")
        assert await driver.post("appium/unschedule_action", {"name": "watch"}) == told
        gone = await driver.error("POST", "appium/action_history", {"name": "watch"})
        assert gone == (400, "invalid argument")

    drive(script)


@pytest.mark.parametrize(
    ("step", "limit", "repeats"),
    [(SOURCE, {"maxPass": 2}, 2), (click("none"), {"maxFail": 1}, 1), (PICTURE, {"times": 2}, 2)],
)
def test_it_ends_at_its_limit(step: dict[str, Any], limit: dict[str, int], repeats: int) -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        wish = {"name": "watch", "steps": [step], "times": 50, "intervalMs": 1, **limit}
        await driver.post("appium/schedule_action", wish)
        await ended(driver, repeats)
        await asyncio.sleep(0.05)
        told = await driver.post("appium/unschedule_action", {"name": "watch"})
        assert told["repeats"] == repeats

    drive(script)


def test_a_tap_of_the_server_reaches_the_app() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display, name="a", password="b").open()
        await driver.post("appium/schedule_action", {"name": "watch", "steps": [click("go")]})
        await ended(driver, 1)
        assert app.clicks == ["continue"]

    drive(script)


@pytest.mark.parametrize(
    "body",
    [
        {"steps": [SOURCE]},
        {"name": "x", "steps": []},
        {"name": "x", "steps": [{"type": "source"}]},
        {"name": "x", "steps": [{**SOURCE, "payload": {"subtype": "json"}}]},
        {"name": "x", "steps": [SOURCE], "times": "many"},
        {"name": "watch", "steps": [SOURCE]},
    ],
)
def test_bad_wishes_are_refused(body: dict[str, Any]) -> None:
    async def script(driver: Driver) -> None:
        await driver.post("appium/schedule_action", {"name": "watch", "steps": [SOURCE]})
        refused = await driver.error("POST", "appium/schedule_action", body)
        assert refused == (400, "invalid argument")

    drive(script)
