"""Android's question about a permission, by API level and language."""

import asyncio

import pytest

from harness.simphone.ui.permission_dialog import WORDS, controller, question
from tests.simphone.ui.stand_ins import new_display, node_of

NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"


@pytest.mark.parametrize(
    ("button", "answer"),
    [("permission_allow_button", "allowed"), ("permission_deny_button", "denied")],
)
def test_either_button_answers(button: str, answer: str) -> None:
    answers: list[str] = []

    async def allow() -> None:
        answers.append("allowed")

    async def deny() -> None:
        answers.append("denied")

    async def main() -> None:
        display = new_display()
        asker = controller(34)
        window = display.open_window(asker.package, asker.activity)
        window.set_content(question("TikTok", NOTIFICATIONS, asker, on_allow=allow, on_deny=deny))
        message = node_of(display, rid="com.android.permissioncontroller:id/permission_message")
        assert message.text == "Allow TikTok to send you notifications?"
        assert message.package == "com.google.android.permissioncontroller"
        name = f"com.android.permissioncontroller:id/{button}"
        await display.tap(*node_of(display, rid=name).centre)

    asyncio.run(main())
    assert answers == [answer]


@pytest.mark.parametrize(
    ("api", "package", "resources"),
    [
        (28, "com.google.android.packageinstaller", "com.android.packageinstaller"),
        (29, "com.google.android.permissioncontroller", "com.android.permissioncontroller"),
        (34, "com.google.android.permissioncontroller", "com.android.permissioncontroller"),
    ],
)
def test_the_asking_package_changed_with_android_10(api: int, package: str, resources: str) -> None:
    asker = controller(api)
    assert (asker.package, asker.resources) == (package, resources)
    assert asker.activity == f"{resources}.permission.ui.GrantPermissionsActivity"


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("api", [28, 34])
def test_every_language_has_its_words(language: str, api: int) -> None:
    async def nothing() -> None:
        return

    asker = controller(api)
    tree = question("A", NOTIFICATIONS, asker, language, on_allow=nothing, on_deny=nothing)
    texts = [node.text for node in tree.walk() if node.text]
    words = WORDS[language]
    assert texts[0].startswith(("A ", "¿", words.question[:5]))
    assert texts[1:] == [words.allow, words.deny[asker.wording]]


def test_a_permission_without_words_is_asked_in_english() -> None:
    async def nothing() -> None:
        return

    wish = "android.permission.NEARBY_WIFI_DEVICES"
    tree = question("A", wish, controller(34), "de", on_allow=nothing, on_deny=nothing)
    assert "Allow A to use nearby_wifi_devices?" in [node.text for node in tree.walk()]
