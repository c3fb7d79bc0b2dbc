"""The notification shade, pulled down from the status bar."""

from __future__ import annotations

from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.system_bars import PACKAGE, Status
from harness.simphone.ui.widgets import column, spacer, text
from harness.simphone.ui.window import AppWindow


def notification_shade(status: Status) -> AppWindow:
    """A window with all notifications; back closes it."""
    window = AppWindow(PACKAGE, "NotificationShade")

    async def back() -> bool:
        window.finish()
        return True

    window.on_back = back
    cards = [_card(app, message) for app, message in status.notifications]
    if not cards:
        empty = text("No notifications", size=42, color="#ffffff", align="center", height=160)
        cards = [empty]
    shade = column(spacer(120), *cards, spacer(), rid=f"{PACKAGE}:id/notification_stack_scroller")
    shade.style = Style(background="#202124", padding=36)
    shade.clickable = True
    window.set_content(shade)
    return window


def _card(app: str, message: str) -> Node:
    card = column(
        text(app, rid="android:id/app_name_text", size=34, color="#5f6368"),
        text(message, rid="android:id/text", size=42),
        weight=0,
    )
    card.style = Style(background="#ffffff", radius=36, padding=36)
    return column(card, spacer(16), weight=0)
