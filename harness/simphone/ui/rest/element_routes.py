"""Finding elements and reading them."""

from __future__ import annotations

import base64
import io
from typing import Any

from PIL import Image

from harness.simphone.ui.finders.strategy import InvalidSelectorError, Scope, find
from harness.simphone.ui.finders.ui_scrollable import find_by_scrolling
from harness.simphone.ui.finders.ui_selector import UiScrollable, parse_selector
from harness.simphone.ui.hierarchy import attributes, shown_text
from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.elements import element_id
from harness.simphone.ui.rest.errors import WebDriverError, invalid_argument, no_such_element

_ALIASES = {
    "contentdescription": "content-desc",
    "name": "content-desc",
    "classname": "class",
    "resourceid": "resource-id",
    "longclickable": "long-clickable",
    "selectionstart": "selection-start",
    "selectionend": "selection-end",
}
_OPTIONAL = {"content-desc", "resource-id", "hint", "selection-start", "selection-end", "extras"}


async def find_nodes(call: Call, strategy: str, selector: str, context: Node | None) -> list[Node]:
    """All matches on the screen; a UiScrollable scrolls first."""
    focus = call.display.focus()
    scope = Scope(
        roots=call.display.roots(),
        package=focus[0] if focus is not None else "",
        context=context,
        complete_ids=not call.session.settings.get("disableIdLocatorAutocompletion"),
        options=call.options(),
    )
    try:
        if strategy == "-android uiautomator" and "UiScrollable" in selector:
            parsed = parse_selector(selector)
            if isinstance(parsed, UiScrollable):
                return await find_by_scrolling(parsed, call.display.roots, call.display.swipe)
        return find(strategy, selector, scope)
    except (InvalidSelectorError, ValueError) as error:
        raise WebDriverError("invalid selector", str(error)) from error


async def _find(call: Call) -> list[Node]:
    strategy = call.body.get("strategy", call.body.get("using"))
    selector = call.body.get("selector", call.body.get("value"))
    if not isinstance(strategy, str) or not isinstance(selector, str):
        raise invalid_argument("'strategy' and 'selector' must be strings")
    context = call.body.get("context")
    return await find_nodes(
        call, strategy, selector, call.node(context) if element_id(context) else None
    )


async def find_one(call: Call) -> dict[str, str]:
    found = await _find(call)
    if not found:
        raise no_such_element()
    return call.session.elements.reference(found[0])


async def find_all(call: Call) -> list[dict[str, str]]:
    return [call.session.elements.reference(node) for node in await _find(call)]


async def active(call: Call) -> dict[str, str]:
    for root in call.display.roots():
        for node in root.walk():
            if node.focused:
                return call.session.elements.reference(node)
    raise no_such_element()


async def text(call: Call) -> str:
    return shown_text(call.node())


async def attribute(call: Call) -> str | None:
    """A value as the page source has it, null when the view has none."""
    wanted = call.params["name"].lower()
    wanted = _ALIASES.get(wanted, wanted)
    node = call.node()
    if wanted == "original-text":
        return node.text
    values = dict(attributes(node, 0))
    if wanted in values or wanted in _OPTIONAL:
        return values.get(wanted)
    raise WebDriverError(
        "no such attribute", f"'{call.params['name']}' attribute is unknown for the element"
    )


def rectangle(node: Node) -> dict[str, int]:
    """x, y, width, height in pixels of the screen."""
    left, top, right, bottom = node.bounds or (0, 0, 0, 0)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


async def rect(call: Call) -> dict[str, int]:
    return rectangle(call.node())


async def size(call: Call) -> dict[str, int]:
    whole = rectangle(call.node())
    return {"width": whole["width"], "height": whole["height"]}


async def location(call: Call) -> dict[str, int]:
    whole = rectangle(call.node())
    return {"x": whole["x"], "y": whole["y"]}


async def name(call: Call) -> str | None:
    return call.node().desc


async def screenshot(call: Call) -> str:
    """The element's part of the screen, base64 PNG."""
    node = call.node()
    if node.bounds is None or not node.shown:
        raise WebDriverError("unknown error", "the element has no visible area")
    whole = Image.open(io.BytesIO(call.display.screenshot()))
    buffer = io.BytesIO()
    whole.crop(node.bounds).save(buffer, "PNG", compress_level=1)
    return base64.b64encode(buffer.getvalue()).decode()


async def first_visible(call: Call) -> dict[str, str]:
    """The first child of a scrollable that is seen."""
    for child in call.node().children:
        if child.shown:
            return call.session.elements.reference(child)
    raise no_such_element()


def _routes() -> dict[tuple[str, str], Any]:
    reading = {
        "text": text,
        "attribute/:name": attribute,
        "rect": rect,
        "size": size,
        "location": location,
        "name": name,
        "screenshot": screenshot,
    }
    return {("GET", f"element/:id/{path}"): route for path, route in reading.items()}


ROUTES: Routes = {
    **_routes(),
    ("POST", "element"): find_one,
    ("POST", "elements"): find_all,
    ("GET", "element/active"): active,
    ("GET", "appium/element/:id/first_visible"): first_visible,
}
