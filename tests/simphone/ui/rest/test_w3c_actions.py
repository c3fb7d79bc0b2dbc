import pytest

from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import ACTIVITY, APP, FakePhone, LogIn, long_list, node_of


def finger(*steps: dict[str, object]) -> dict[str, object]:
    pointer = {"type": "pointer", "id": "finger1", "parameters": {"pointerType": "touch"}}
    return {"actions": [{**pointer, "actions": list(steps)}]}


def move(x: int, y: int, origin: object = "viewport", duration: int = 0) -> dict[str, object]:
    return {"type": "pointerMove", "x": x, "y": y, "origin": origin, "duration": duration}


DOWN: dict[str, object] = {"type": "pointerDown", "button": 0}
UP: dict[str, object] = {"type": "pointerUp", "button": 0}


def test_a_tap_by_place_and_by_element() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display).open()
        x, y = node_of(driver.phone.display, desc="Back").centre
        pause: dict[str, object] = {"type": "pause", "duration": 1}
        await driver.post("actions", finger(move(x, y), DOWN, pause, UP))
        back = {"ELEMENT": await driver.find("accessibility id", "Back")}
        await driver.post("actions", finger(pause, move(3, 3, back), DOWN, UP))
        assert app.clicks == ["back", "back"]

    drive(script)


def test_a_swipe_with_a_relative_move() -> None:
    phone = FakePhone()
    phone.display.open_window(APP, ACTIVITY).set_content(long_list())

    async def script(driver: Driver) -> None:
        steps = finger(move(500, 1500), DOWN, move(0, -300, "pointer", duration=5), UP)
        await driver.post("actions", steps)
        assert node_of(driver.phone.display, rid=f"{APP}:id/list").scroll_offset == 300

    drive(script, phone)


def test_keys_are_typed_into_the_focus() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display).open()
        field = await driver.find("class name", "android.widget.EditText")
        await driver.post(f"element/{field}/click")
        letters = "ab\ue008\ue003c\ue007d"
        steps: list[dict[str, object]] = [{"type": "pause", "duration": 1}]
        for letter in letters:
            steps.append({"type": "keyDown", "value": letter})
            steps.append({"type": "keyUp", "value": letter})
        keys = {"type": "key", "id": "keyboard", "actions": steps}
        nothing = {"type": "none", "id": "n", "actions": []}
        await driver.post("actions", {"actions": [nothing, keys]})
        assert (app.name, app.password) == ("ac", "d")

    drive(script)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"actions": [{"type": "wheel", "actions": []}]},
        {"actions": [{"type": "pointer"}]},
        {"actions": ["tap"]},
        finger({"type": "jump"}),
        finger({"type": "pointerMove", "x": "1", "y": 2}),
    ],
)
def test_wrong_actions(body: dict[str, object]) -> None:
    async def script(driver: Driver) -> None:
        assert await driver.error("POST", "actions", body) == (400, "invalid argument")

    drive(script)
