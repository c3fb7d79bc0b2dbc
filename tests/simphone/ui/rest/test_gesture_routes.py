import pytest

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import ACTIVITY, APP, FakePhone, LogIn, long_list, node_of

AREA = {"left": 0, "top": 400, "width": 1080, "height": 1800}


def listing() -> FakePhone:
    phone = FakePhone()
    phone.display.open_window(APP, ACTIVITY).set_content(long_list())
    return phone


def offset(phone: FakePhone) -> int:
    return node_of(phone.display, rid=f"{APP}:id/list").scroll_offset


@pytest.mark.parametrize(
    ("gesture", "direction", "moves"),
    [
        ("swipe", "up", True),
        ("swipe", "down", False),
        ("scroll", "down", True),
        ("scroll", "up", False),
        ("fling", "down", True),
    ],
)
def test_directions_mean_the_finger_or_the_content(
    gesture: str, direction: str, moves: bool
) -> None:
    async def script(driver: Driver) -> None:
        body = {"area": AREA, "direction": direction, "percent": 0.75, "speed": 50000}
        answer = await driver.post(f"appium/gestures/{gesture}", body)
        assert (offset(driver.phone) > 0) is moves
        assert answer is (None if gesture == "swipe" else moves)

    drive(script, listing())


def test_a_swipe_in_an_element() -> None:
    async def script(driver: Driver) -> None:
        items = await driver.find("id", "list")
        body = {"origin": {"ELEMENT": items}, "direction": "up", "percent": 0.5, "speed": 50000}
        await driver.post("appium/gestures/swipe", body)
        assert offset(driver.phone) > 500

    drive(script, listing())


def test_scroll_to() -> None:
    async def script(driver: Driver) -> None:
        body = {"params": {"strategy": "accessibility id", "selector": "row-25"}, "speed": 50000}
        await driver.post("gestures/scroll_to", body)
        assert node_of(driver.phone.display, desc="row-25").shown
        body = {"params": {"strategy": "accessibility id", "selector": "row-99"}, "speed": 50000}
        assert await driver.error("POST", "gestures/scroll_to", body) == (404, "no such element")

    drive(script, listing())


def test_clicks_by_element_offset_and_locator() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display).open()
        back = await driver.find("accessibility id", "Back")
        x, y = node_of(driver.phone.display, desc="Back").centre
        for body in (
            {"origin": {"ELEMENT": back}},
            {"origin": {"ELEMENT": back}, "offset": {"x": 5, "y": 5}},
            {"offset": {"x": x, "y": y}},
            {"locator": {"strategy": "accessibility id", "selector": "Back"}},
        ):
            await driver.post("appium/gestures/click", body)
        await driver.post("appium/gestures/long_click", {"origin": {"ELEMENT": back}})
        await driver.post("appium/gestures/double_click", {"origin": {"ELEMENT": back}})
        assert app.clicks == ["back"] * 7

    drive(script)


def test_drag() -> None:
    async def script(driver: Driver) -> None:
        body = {"start": {"x": 500, "y": 1500}, "end": {"x": 500, "y": 1300}, "speed": 50000}
        await driver.post("appium/gestures/drag", body)
        assert offset(driver.phone) == 200
        assert await driver.post("appium/gestures/pinch_open", {"area": AREA}) is None

    drive(script, listing())


@pytest.mark.parametrize(
    ("gesture", "body", "error"),
    [
        ("swipe", {"direction": "up"}, "invalid argument"),
        ("swipe", {"area": AREA, "direction": "sideways"}, "invalid argument"),
        ("swipe", {"area": AREA, "direction": "up", "percent": 3}, "invalid argument"),
        ("swipe", {"area": {"left": 1}, "direction": "up"}, "invalid argument"),
        ("click", {}, "invalid argument"),
        ("click", {"offset": {"x": "1", "y": 2}}, "invalid argument"),
        ("click", {"locator": {"strategy": "id", "selector": "no"}}, "no such element"),
        ("drag", {"start": {"x": 1, "y": 2}}, "invalid argument"),
        ("pinch_close", {}, "invalid argument"),
        ("click", {"origin": {"ELEMENT": "old"}}, "stale element reference"),
    ],
)
def test_wrong_gestures(gesture: str, body: dict[str, object], error: str) -> None:
    async def script(driver: Driver) -> None:
        answer = await driver.error("POST", f"appium/gestures/{gesture}", body)
        assert answer[1] == error

    drive(script, listing())
