"""The calls of openatx/uiautomator2's server that this phone answers (JSON-RPC 2.0).

Source: the client's own source (names, parameters, what it reads of an answer). A
selector is a UiSelector as an object: {"mask": …, "text": …, "instance": …}.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from harness.simphone.contracts import PhoneParts
from harness.simphone.ui import keycodes
from harness.simphone.ui.classic_dump import dump
from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.finders.ui_selector import parse_selector
from harness.simphone.ui.finders.ui_selector_match import matching
from harness.simphone.ui.hierarchy import shown_text
from harness.simphone.ui.node import Node
from harness.simphone.ui.shade import notification_shade
from harness.simphone.ui.text_input import is_field, set_text

_STEP_SECONDS = 0.005  # one step of UiDevice.swipe
_POLL_SECONDS = 0.1
_KEYS = {
    "home": keycodes.HOME,
    "back": keycodes.BACK,
    "menu": keycodes.MENU,
    "enter": keycodes.ENTER,
    "delete": keycodes.DEL,
    "del": keycodes.DEL,
    "power": keycodes.POWER,
    "volume_up": 24,
    "volume_down": 25,
    "volume_mute": 164,
    "recent": 187,
    "search": 84,
    "camera": 27,
}
_NOT_FOUND = "androidx.test.uiautomator.UiObjectNotFoundException"


class CallError(Exception):
    """What the server reports as a Java exception; args are (class, message)."""


@dataclass(frozen=True, slots=True)
class U2Phone:
    """The phone as these calls use it."""

    phone: PhoneParts
    display: PhoneDisplay


def _text_of(selector: object) -> str:
    """`new UiSelector().text("…")` of the object form."""
    if not isinstance(selector, dict):
        raise CallError("java.lang.IllegalArgumentException", f"no selector: {selector!r}")
    if selector.get("childOrSibling"):
        raise CallError("java.lang.UnsupportedOperationException", "child and sibling selectors")
    parts = ["new UiSelector()"]
    for name, value in selector.items():
        if name not in ("mask", "childOrSibling", "childOrSiblingSelector"):
            parts.append(f"{name}({json.dumps(value, ensure_ascii=False)})")
    return ".".join(parts)


def _all(at: U2Phone, selector: object) -> list[Node]:
    try:
        return matching(parse_selector(_text_of(selector)), at.display.roots())
    except ValueError as error:
        raise CallError("java.lang.IllegalArgumentException", str(error)) from error


def _one(at: U2Phone, selector: object) -> Node:
    found = _all(at, selector)
    if not found:
        raise CallError(_NOT_FOUND, _text_of(selector))
    return found[0]


def _information(node: Node) -> dict[str, Any]:
    left, top, right, bottom = node.bounds or (0, 0, 0, 0)
    box = {"left": left, "top": top, "right": right, "bottom": bottom}
    return {
        "text": shown_text(node),
        "contentDescription": node.desc or "",
        "className": node.cls,
        "packageName": node.package,
        "resourceName": node.rid or "",
        "childCount": len(node.children),
        "bounds": box,
        "visibleBounds": box,
        **{name: bool(getattr(node, name)) for name in _FLAGS},
        "longClickable": bool(node.long_clickable),
    }


_FLAGS = (
    "checkable", "checked", "clickable", "enabled", "focusable", "focused",
    "scrollable", "selected",
)  # fmt: skip


async def _device_info(at: U2Phone) -> dict[str, Any]:
    spec, focus = at.phone.spec, at.display.focus()
    scale = spec.density / 160
    return {
        "currentPackageName": focus[0] if focus else None,
        "displayWidth": spec.width,
        "displayHeight": spec.height,
        "displayRotation": 0,
        "displaySizeDpX": int(spec.width / scale),
        "displaySizeDpY": int(spec.height / scale),
        "productName": spec.product,
        "screenOn": at.display.screen.on,
        "sdkInt": spec.api,
        "naturalOrientation": True,
    }


async def _dump(at: U2Phone, _compressed: bool, _depth: int, _root_only: object = None) -> str:
    return dump(at.display.roots())


async def _screenshot(at: U2Phone, scale: float, quality: int) -> str:
    """JPEG, as the real server sends it."""
    picture = Image.open(io.BytesIO(at.display.screenshot())).convert("RGB")
    if scale != 1:
        picture = picture.resize((int(picture.width * scale), int(picture.height * scale)))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return base64.b64encode(buffer.getvalue()).decode()


async def _click(at: U2Phone, target: object, y: float | None = None, _ms: int = 0) -> bool:
    """A point, or a selector."""
    if isinstance(target, int | float) and y is not None:
        await at.display.tap(int(target), int(y))
    else:
        await at.display.tap(*_one(at, target).centre)
    return True


async def _swipe(at: U2Phone, x1: float, y1: float, x2: float, y2: float, steps: int) -> bool:
    seconds = steps * _STEP_SECONDS
    await at.display.swipe(int(x1), int(y1), int(x2), int(y2), seconds)
    return True


async def _press(at: U2Phone, name: str) -> bool:
    code = _KEYS.get(name)
    if code is None:
        return False
    await at.display.key(code)
    return True


async def _press_code(at: U2Phone, code: int, _meta: object = None) -> bool:
    await at.display.key(code)
    return True


async def _wake(at: U2Phone) -> None:
    await at.display.key(keycodes.WAKEUP)


async def _sleep(at: U2Phone) -> None:
    await at.display.key(keycodes.SLEEP)


async def _notifications(at: U2Phone) -> bool:
    at.display.windows.open_dialog(notification_shade(at.display.status))
    return True


async def _put_clipboard(at: U2Phone, _label: object, text: str) -> None:
    at.display.clipboard.put(text)


async def _clipboard(at: U2Phone) -> str:
    return at.display.clipboard.text


async def _paste(at: U2Phone) -> bool:
    await at.display.type_text(at.display.clipboard.text)
    return True


async def _last_toast(at: U2Phone) -> str | None:
    """The toast that is shown now; the real server also keeps the last one."""
    shown = [root.text for root in at.display.roots() if root.cls == "android.widget.Toast"]
    return shown[0] if shown else None


async def _forget_toast(_at: U2Phone) -> None:
    """Nothing is kept here."""


async def _exist(at: U2Phone, selector: object) -> bool:
    return bool(_all(at, selector))


async def _count(at: U2Phone, selector: object) -> int:
    return len(_all(at, selector))


async def _wait(at: U2Phone, selector: object, milliseconds: float) -> bool:
    return await _becomes(at, selector, milliseconds, there=True)


async def _wait_gone(at: U2Phone, selector: object, milliseconds: float) -> bool:
    return await _becomes(at, selector, milliseconds, there=False)


async def _becomes(at: U2Phone, selector: object, milliseconds: float, *, there: bool) -> bool:
    end = time.monotonic() + milliseconds / 1000
    while bool(_all(at, selector)) != there:
        if time.monotonic() >= end:
            return False
        await asyncio.sleep(_POLL_SECONDS)
    return True


async def _object(at: U2Phone, selector: object) -> dict[str, Any]:
    return _information(_one(at, selector))


async def _objects(at: U2Phone, selector: object) -> list[dict[str, Any]]:
    return [_information(node) for node in _all(at, selector)]


async def _text(at: U2Phone, selector: object) -> str:
    return shown_text(_one(at, selector))


async def _type(at: U2Phone, selector: object, text: str | None) -> bool:
    node = _one(at, selector)
    if not is_field(node):
        return False
    set_text(node, text or "")
    return True


CALLS: Mapping[str, Callable[..., Awaitable[Any]]] = {
    "deviceInfo": _device_info,
    "dumpWindowHierarchy": _dump,
    "takeScreenshot": _screenshot,
    "click": _click,
    "swipe": _swipe,
    "drag": _swipe,
    "pressKey": _press,
    "pressKeyCode": _press_code,
    "wakeUp": _wake,
    "sleep": _sleep,
    "openNotification": _notifications,
    "setClipboard": _put_clipboard,
    "getClipboard": _clipboard,
    "pasteClipboard": _paste,
    "getLastToast": _last_toast,
    "clearLastToast": _forget_toast,
    "exist": _exist,
    "count": _count,
    "waitForExists": _wait,
    "waitUntilGone": _wait_gone,
    "objInfo": _object,
    "objInfoOfAllInstances": _objects,
    "getText": _text,
    "setText": _type,
}


async def answer(at: U2Phone, method: str, params: object) -> Any:  # noqa: ANN401 - any JSON value
    """Raises CallError for what the server answers with an error; LookupError: no such call."""
    call = CALLS[method]
    given: Sequence[Any] = params if isinstance(params, list) else ()
    try:
        return await call(at, *given)
    except TypeError as error:
        raise CallError("java.lang.IllegalArgumentException", f"{method}: {error}") from error
