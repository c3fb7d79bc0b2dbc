import asyncio

import pytest

from harness.simphone.ui.permission_dialog import PACKAGE, permission_dialog
from tests.simphone.ui.stand_ins import new_display, node_of


@pytest.mark.parametrize(
    ("button", "answer"),
    [("permission_allow_button", "allowed"), ("permission_deny_button", "denied")],
)
def test_either_button_closes_the_dialog_and_answers(button: str, answer: str) -> None:
    answers: list[str] = []

    async def allow() -> None:
        answers.append("allowed")

    async def deny() -> None:
        answers.append("denied")

    async def main() -> None:
        display = new_display()
        window = permission_dialog(
            "a.b",
            "TikTok",
            "android.permission.POST_NOTIFICATIONS",
            on_allow=allow,
            on_deny=deny,
        )
        display.windows.open_dialog(window)
        message = node_of(display, rid=f"{PACKAGE}:id/permission_message")
        assert message.text == "Allow TikTok to send you notifications?"
        assert message.package == PACKAGE
        await display.tap(*node_of(display, rid=f"{PACKAGE}:id/{button}").centre)
        assert display.focus() != (window.package, window.activity)

    asyncio.run(main())
    assert answers == [answer]
