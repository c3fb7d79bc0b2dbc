import pytest

from harness.simphone.ui.permission_dialog import controller, question
from harness.simphone.ui.widgets import button, column, dialog, text
from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import FakePhone, LogIn


def asking(answers: list[str]) -> FakePhone:
    async def allow() -> None:
        await answered("allowed")

    async def deny() -> None:
        await answered("denied")

    phone = FakePhone()
    asker = controller(34)
    window = phone.display.open_window(asker.package, asker.activity)

    async def answered(answer: str) -> None:
        window.finish()
        answers.append(answer)

    wish = "android.permission.CAMERA"
    window.set_content(question("App", wish, asker, on_allow=allow, on_deny=deny))
    return phone


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("alert/accept", {}, "allowed"),
        ("alert/dismiss", {}, "denied"),
        ("alert/accept", {"buttonLabel": "Don\u2019t allow"}, "denied"),
    ],
)
def test_a_permission_is_answered(path: str, body: dict[str, str], answer: str) -> None:
    answers: list[str] = []

    async def script(driver: Driver) -> None:
        shown = await driver.get("alert/text")
        assert shown == "Allow App to take pictures and record video?"
        await driver.post(path, body)
        assert await driver.error("GET", "alert/text") == (404, "no such alert")

    drive(script, asking(answers))
    assert answers == [answer]


def test_the_only_button_serves_both() -> None:
    closed: list[str] = []

    async def close() -> None:
        closed.append("closed")

    async def script(driver: Driver) -> None:
        window = driver.phone.display.open_window("android", "Application Error: a.b")
        title = text("App keeps stopping", rid="android:id/alertTitle")
        close_app = button("Close app", on_click=close, rid="android:id/aerr_close")
        window.set_content(column(dialog(title, close_app, height=400)))
        assert await driver.get("alert/text") == "App keeps stopping"
        await driver.post("alert/accept")
        await driver.post("alert/dismiss")
        wrong = await driver.error("POST", "alert/accept", {"buttonLabel": "No such"})
        assert wrong == (400, "invalid argument")

    drive(script)
    assert closed == ["closed", "closed"]


def test_no_alert() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        for method, path in (("GET", "text"), ("POST", "accept"), ("POST", "dismiss")):
            assert await driver.error(method, f"alert/{path}") == (404, "no such alert")

    drive(script)
