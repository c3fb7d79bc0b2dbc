"""Clicking, typing and keys."""

from __future__ import annotations

from harness.simphone.ui.keycodes import BACK, ENTER
from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.errors import WebDriverError, invalid_argument
from harness.simphone.ui.shade import notification_shade
from harness.simphone.ui.text_input import is_field, set_text


async def click(call: Call) -> None:
    """A tap at the middle of what is seen: what covers the element gets it, as on a phone."""
    node = call.node()
    if not node.shown:
        raise WebDriverError("invalid element state", "the element has no visible area to click")
    await call.display.tap(*node.centre)


async def value(call: Call) -> None:
    """Types into a field by the accessibility action, without the keyboard."""
    text = call.body.get("text")
    if not isinstance(text, str):
        letters = call.body.get("value")
        if not isinstance(letters, list):
            raise invalid_argument("'text' must be a string")
        text = "".join(str(letter) for letter in letters)
    node = _field(call.node(), text)
    typed = text.removesuffix("\n")
    set_text(node, typed if call.body.get("replace") else node.text + typed)
    if typed != text:
        await call.display.key(ENTER)


async def clear(call: Call) -> None:
    set_text(_field(call.node(), ""), "")


def _field(node: Node, text: str) -> Node:
    if not is_field(node) or not node.enabled:
        shown = "*" * len(text) if node.password else text
        raise WebDriverError(
            "invalid element state",
            f"Cannot set the element to '{shown}'. Did you interact with the correct element?",
        )
    return node


async def keys(call: Call) -> None:
    """Types into whatever has the focus."""
    text = call.body.get("text", call.body.get("value"))
    if isinstance(text, list):
        text = "".join(str(letter) for letter in text)
    if not isinstance(text, str):
        raise invalid_argument("'text' must be a string")
    await call.display.type_text(text)


async def back(call: Call) -> None:
    await call.display.key(BACK)


async def press_keycode(call: Call) -> None:
    await call.display.key(int(call.number("keycode")))


async def open_notifications(call: Call) -> None:
    call.display.windows.open_dialog(notification_shade(call.display.status))


ROUTES: Routes = {
    ("POST", "element/:id/click"): click,
    ("POST", "element/:id/value"): value,
    ("POST", "element/:id/clear"): clear,
    ("POST", "keys"): keys,
    ("POST", "back"): back,
    ("POST", "appium/device/press_keycode"): press_keycode,
    ("POST", "appium/device/long_press_keycode"): press_keycode,
    ("POST", "appium/device/open_notifications"): open_notifications,
}
