import asyncio

from harness.simphone.ui.shade import notification_shade
from harness.simphone.ui.system_bars import Status


def test_notifications_newest_first() -> None:
    status = Status(notifications=[("TikTok", "new"), ("Phone", "old")])
    root = notification_shade(status).root
    assert root is not None
    shown = [node.text for node in root.walk() if node.rid == "android:id/text"]
    assert shown == ["new", "old"]


def test_an_empty_shade_says_so_and_back_closes_it() -> None:
    window = notification_shade(Status())
    closed: list[str] = []
    window.on_finish = lambda finished: closed.append(finished.activity)
    assert window.root is not None
    assert any(node.text == "No notifications" for node in window.root.walk())
    assert window.on_back is not None

    async def back() -> bool:
        assert window.on_back is not None
        return await window.on_back()

    assert asyncio.run(back())
    assert closed == ["NotificationShade"]
