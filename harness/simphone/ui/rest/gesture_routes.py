"""Appium's gestures: clicks at places, swipes, scrolls, drags."""

from __future__ import annotations

from harness.simphone.ui.node import Bounds, Node
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.element_routes import find_nodes
from harness.simphone.ui.rest.errors import WebDriverError, invalid_argument, no_such_element

_SPEED = 5000  # pixels per second, times the display's density in dpi over 160 on a phone
_DIRECTIONS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
_OPPOSITE = {"up": "down", "down": "up", "left": "right", "right": "left"}
_MOST_SWIPES = 30


async def click(call: Call) -> None:
    await call.display.tap(*await _place(call))


async def double_click(call: Call) -> None:
    place = await _place(call)
    await call.display.tap(*place)
    await call.display.tap(*place)


async def drag(call: Call) -> None:
    start = await _place(call, "start")
    end = _point(call.body.get("end"))
    if end is None:
        raise invalid_argument("'end' must be a point")
    await _finger(call, start, end)


async def swipe(call: Call) -> None:
    """The finger moves in the direction."""
    await _swipe(call, _direction(call))


async def scroll(call: Call) -> bool:
    """The content moves so that more is seen in the direction; can it go further?"""
    before = _looks(call)
    await _swipe(call, _OPPOSITE[_direction(call)])
    return _looks(call) != before


async def scroll_to(call: Call) -> None:
    """Scrolls the first scrollable until the wanted element is there."""
    params = call.body.get("params", call.body)
    strategy, selector = params.get("strategy"), params.get("selector")
    if not isinstance(strategy, str) or not isinstance(selector, str):
        raise invalid_argument("'strategy' and 'selector' must be strings")
    most = params.get("maxSwipes") or _MOST_SWIPES
    for _ in range(int(most)):
        if await find_nodes(call, strategy, selector, None):
            return
        area = _scrollable(call)
        before = _looks(call)
        await _swipe_in(call, area, "up", 0.7)
        if _looks(call) == before:
            break
    if not await find_nodes(call, strategy, selector, None):
        raise no_such_element()


async def scroll_back_to(call: Call) -> None:
    """Scrolls a container back until another element is seen in it (`mobile: scrollBackTo`)."""
    container, wanted = call.node(call.params["id"]), call.params["id2"]
    if not container.scrollable or container.bounds is None:
        raise WebDriverError("invalid element state", "the element is not scrollable")
    for _ in range(_MOST_SWIPES):
        if call.node(wanted).shown:
            return
        before = _looks(call)
        await _swipe_in(call, container.bounds, "down", 0.7)
        if _looks(call) == before:
            break
    if not call.node(wanted).shown:
        raise no_such_element()


async def pinch(call: Call) -> None:
    """No app here zooms; the area must still be one."""
    _area(call)


async def _swipe(call: Call, direction: str) -> None:
    percent = call.number("percent", 1.0)
    if not 0 < percent <= 1:
        raise invalid_argument(f"'percent' must be over 0 and at most 1, not {percent}")
    await _swipe_in(call, _area(call), direction, percent)


async def _swipe_in(call: Call, area: Bounds, direction: str, percent: float) -> None:
    left, top, right, bottom = area
    step_x, step_y = _DIRECTIONS[direction]
    half_x = (right - left) * percent / 2 * 0.98
    half_y = (bottom - top) * percent / 2 * 0.98
    middle = ((left + right) / 2, (top + bottom) / 2)
    start = (round(middle[0] - step_x * half_x), round(middle[1] - step_y * half_y))
    end = (round(middle[0] + step_x * half_x), round(middle[1] + step_y * half_y))
    await _finger(call, start, end)


async def _finger(call: Call, start: tuple[int, int], end: tuple[int, int]) -> None:
    distance = abs(end[0] - start[0]) + abs(end[1] - start[1])
    speed = max(1.0, call.number("speed", _SPEED))
    await call.display.swipe(*start, *end, min(5.0, distance / speed))


def _direction(call: Call) -> str:
    direction = str(call.body.get("direction", "")).lower()
    if direction not in _DIRECTIONS:
        raise invalid_argument(f"'direction' must be one of {', '.join(_DIRECTIONS)}")
    return direction


def _area(call: Call) -> Bounds:
    origin = call.body.get("origin")
    if origin is not None:
        return call.node(origin).bounds or (0, 0, 0, 0)
    area = call.body.get("area")
    if not isinstance(area, dict):
        raise invalid_argument("either 'origin' or 'area' must be given")
    try:
        left, top = int(area["left"]), int(area["top"])
        return left, top, left + int(area["width"]), top + int(area["height"])
    except (KeyError, TypeError, ValueError) as error:
        raise invalid_argument(f"'area' needs left, top, width, height: {area!r}") from error


async def _place(call: Call, name: str = "offset") -> tuple[int, int]:
    """A point of the screen, or of the origin element, or the middle of an element."""
    point = _point(call.body.get(name))
    origin = call.body.get("origin")
    locator = call.body.get("locator")
    node: Node | None = None
    if origin is not None:
        node = call.node(origin)
    elif isinstance(locator, dict):
        found = await find_nodes(
            call, str(locator.get("strategy")), str(locator.get("selector")), None
        )
        if not found:
            raise no_such_element()
        node = found[0]
    if node is None:
        if point is None:
            raise invalid_argument(f"'origin', 'locator' or '{name}' must be given")
        return point
    if point is None:
        return node.centre
    left, top = (node.bounds or (0, 0, 0, 0))[:2]
    return left + point[0], top + point[1]


def _point(value: object) -> tuple[int, int] | None:
    if not isinstance(value, dict):
        return None
    x, y = value.get("x"), value.get("y")
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        raise invalid_argument(f"not a point: {value!r}")
    return int(x), int(y)


def _scrollable(call: Call) -> Bounds:
    for root in call.display.roots():
        for node in root.walk():
            if node.scrollable and node.shown and node.bounds is not None:
                return node.bounds
    raise WebDriverError("no such element", "No scrollable element was found")


def _looks(call: Call) -> list[tuple[str, str | None, object]]:
    return [
        (node.text, node.desc, node.bounds)
        for root in call.display.roots()
        for node in root.walk()
        if node.shown
    ]


_GESTURES = {
    "click": click,
    "double_click": double_click,
    "long_click": click,  # Node has no long-click listener: Android then clicks on release
    "drag": drag,
    "fling": scroll,
    "scroll": scroll,
    "swipe": swipe,
    "pinch_open": pinch,
    "pinch_close": pinch,
}

ROUTES: Routes = {
    **{("POST", f"appium/gestures/{name}"): route for name, route in _GESTURES.items()},
    ("POST", "gestures/scroll_to"): scroll_to,
    ("POST", "touch/scroll"): scroll_to,
    ("POST", "appium/element/:id/scroll_to/:id2"): scroll_back_to,
}
