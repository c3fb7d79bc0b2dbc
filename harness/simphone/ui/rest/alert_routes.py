"""Dialogs as WebDriver alerts."""

from __future__ import annotations

from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.errors import WebDriverError, invalid_argument

_PERMISSION = "com.android.permissioncontroller:id/permission_"
_TEXTS = ("android:id/alertTitle", "android:id/message", _PERMISSION + "message")
_ACCEPT = ("android:id/button1", _PERMISSION + "allow_button", "android:id/aerr_wait")
_DISMISS = ("android:id/button2", _PERMISSION + "deny_button", "android:id/aerr_close")


async def text(call: Call) -> str:
    parts = [node.text for node in _parts(call, _TEXTS)]
    return "\n".join(parts)


async def accept(call: Call) -> None:
    await _press(call, _ACCEPT)


async def dismiss(call: Call) -> None:
    await _press(call, _DISMISS)


async def _press(call: Call, ids: tuple[str, ...]) -> None:
    label = call.body.get("buttonLabel")
    buttons = [node for node in _parts(call, (*_ACCEPT, *_DISMISS)) if node.clickable]
    if label is not None:
        chosen = [node for node in buttons if node.text == label]
    else:
        # a dialog with one button is accepted and dismissed by it
        chosen = [node for node in buttons if node.rid in ids] or buttons
    if not chosen:
        raise invalid_argument(f"the alert has no button for this (label: {label!r})")
    await call.display.tap(*chosen[0].centre)


def _parts(call: Call, ids: tuple[str, ...]) -> list[Node]:
    found = [
        node
        for root in call.display.roots()
        for node in root.walk()
        if node.rid in ids and node.shown
    ]
    if not found:
        raise WebDriverError("no such alert", "An attempt was made to operate on a modal dialog")
    return found


ROUTES: Routes = {
    ("GET", "alert/text"): text,
    ("POST", "alert/accept"): accept,
    ("POST", "alert/dismiss"): dismiss,
}
