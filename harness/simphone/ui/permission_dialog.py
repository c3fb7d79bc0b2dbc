"""Android's question whether an app may have a runtime permission."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.widgets import button, column, dialog, text
from harness.simphone.ui.window import AppWindow

PACKAGE = "com.android.permissioncontroller"

Answer = Callable[[], Awaitable[None]]

_BLUE = "#0b57d0"

_QUESTIONS = {
    "android.permission.POST_NOTIFICATIONS": "send you notifications",
    "android.permission.READ_CONTACTS": "access your contacts",
    "android.permission.CAMERA": "take pictures and record video",
    "android.permission.RECORD_AUDIO": "record audio",
    "android.permission.ACCESS_COARSE_LOCATION": "access this device's location",
    "android.permission.READ_MEDIA_VIDEO": "access photos and videos on this device",
    "android.permission.READ_MEDIA_IMAGES": "access photos and videos on this device",
}


def permission_dialog(
    package: str, label: str, permission: str, *, on_allow: Answer, on_deny: Answer
) -> AppWindow:
    """Asks "Allow LABEL to …?" with Allow and Don't allow; closes itself, then calls one."""
    window = AppWindow(PACKAGE, f"{PACKAGE}.ui.GrantPermissionsActivity", about=package)
    wish = _QUESTIONS.get(permission, "use " + permission.rpartition(".")[2].lower())
    name = f"{PACKAGE}:id/"

    async def allow() -> None:
        window.finish()
        await on_allow()

    async def deny() -> None:
        window.finish()
        await on_deny()

    message = text(
        f"Allow {label} to {wish}?", rid=name + "permission_message", size=56, align="center"
    )
    window.set_content(
        dialog(
            _space(),
            message,
            _space(),
            _pill("Allow", name + "permission_allow_button", allow),
            _space(12),
            _pill("Don\u2019t allow", name + "permission_deny_button", deny),
            height=720,
        )
    )
    return window


def _pill(label: str, rid: str, on_click: Answer) -> Node:
    pill = button(label, on_click=on_click, rid=rid, height=140)
    pill.style = Style(
        size=42, bold=True, align="center", color=_BLUE, background="#d3e3fd", radius=70
    )
    return pill


def _space(height: int = 40) -> Node:
    return column(height=height)
