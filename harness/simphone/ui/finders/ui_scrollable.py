"""Scrolls a container as a UiScrollable does: swipe by swipe, looking after each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from harness.simphone.ui.finders.ui_selector import UiScrollable, UiSelector
from harness.simphone.ui.finders.ui_selector_match import matching, wanted_by
from harness.simphone.ui.node import Node

Swipe = Callable[[int, int, int, int, float], Awaitable[None]]
Roots = Callable[[], list[Node]]

_DEFAULT_SWIPES = 30  # UiScrollable's mMaxSearchSwipes
_SECONDS = 0.05


async def find_by_scrolling(scrollable: UiScrollable, roots: Roots, swipe: Swipe) -> list[Node]:
    """Makes the scrollable's moves; what it was to find, else the container."""
    backward = any("Backward" in name or "Beginning" in name for name, _ in scrollable.actions)
    once = any(name in ("scrollForward", "scrollBackward") for name, _ in scrollable.actions)
    swipes = 1 if once else _most_swipes(scrollable)
    wanted = wanted_by(scrollable)
    if wanted is not None and matching(scrollable, roots()):
        return matching(scrollable, roots())
    if wanted is not None:
        await _move(scrollable, roots, swipe, swipes, wanted=None, backward=True)
    await _move(scrollable, roots, swipe, swipes, wanted=wanted, backward=backward)
    return matching(scrollable, roots())


def _most_swipes(scrollable: UiScrollable) -> int:
    for name, arguments in scrollable.actions:
        if name == "setMaxSearchSwipes" and arguments and isinstance(arguments[0], int):
            return arguments[0]
    return _DEFAULT_SWIPES


async def _move(
    scrollable: UiScrollable,
    roots: Roots,
    swipe: Swipe,
    swipes: int,
    *,
    wanted: UiSelector | None,
    backward: bool,
) -> None:
    """Swipes until `wanted` is seen or nothing moves any more."""
    if not scrollable.actions:
        return
    for _ in range(swipes):
        containers = matching(scrollable.container, roots())
        if not containers or (wanted is not None and matching(scrollable, roots())):
            return
        before = _looks(containers[0])
        await _swipe_in(containers[0], swipe, backward=backward)
        containers = matching(scrollable.container, roots())
        if not containers or _looks(containers[0]) == before:
            return


async def _swipe_in(node: Node, swipe: Swipe, *, backward: bool) -> None:
    left, top, right, bottom = node.bounds or (0, 0, 0, 0)
    middle, dead = (left + right) // 2, (bottom - top) // 10
    ends = (bottom - dead, top + dead)
    start, stop = ends[::-1] if backward else ends
    await swipe(middle, start, middle, stop, _SECONDS)


def _looks(node: Node) -> list[tuple[str, str | None, object]]:
    return [(child.text, child.desc, child.bounds) for child in node.walk() if child.shown]
