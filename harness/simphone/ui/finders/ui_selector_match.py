"""Which nodes a UiSelector means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from harness.simphone.ui.finders.ui_selector import UiScrollable, UiSelector
from harness.simphone.ui.hierarchy import shown_text
from harness.simphone.ui.node import Node

_FLAG_FIELDS = {"longClickable": "long_clickable"}
_STRING_FIELDS = ("text", "description", "resourceId", "className", "packageName")


def matching(selector: UiSelector | UiScrollable, roots: Iterable[Node]) -> list[Node]:
    """Matches in reading order; of a UiScrollable what its search would end with.

    `roots` are searched with themselves. Raises ValueError for a pattern that
    is no regular expression.
    """
    roots = list(roots)
    if isinstance(selector, UiScrollable):
        return _in_scrollable(selector, roots)
    return list(_find(selector, list(_walk(roots, None))))


def _find(selector: UiSelector, places: list[tuple[Node, Node | None, int]]) -> Iterator[Node]:
    instance = selector.value("instance")
    seen = 0
    for node, parent, index in places:
        if not _matches(selector, node, index):
            continue
        if instance is not None and seen != instance:
            seen += 1
            continue
        seen += 1
        yield from _nested(selector, node, parent)
        if instance is not None:
            return


def _nested(selector: UiSelector, node: Node, parent: Node | None) -> Iterator[Node]:
    child = selector.value("childSelector")
    sibling = selector.value("fromParent")
    if isinstance(child, UiSelector):
        yield from _find(child, list(_walk(node.children, node)))
    elif isinstance(sibling, UiSelector):
        around = parent.children if parent is not None else [node]
        yield from _find(sibling, list(_walk(around, parent)))
    else:
        yield node


def _walk(nodes: Iterable[Node], parent: Node | None) -> Iterator[tuple[Node, Node | None, int]]:
    shown = [node for node in nodes if node.shown]
    for index, node in enumerate(shown):
        yield node, parent, index
        yield from _walk(node.children, node)


def _matches(selector: UiSelector, node: Node, index: int) -> bool:
    for name, wanted in selector.conditions:
        if isinstance(wanted, bool):
            if getattr(node, _FLAG_FIELDS.get(name, name)) != wanted:
                return False
        elif isinstance(wanted, str):
            if not _text_matches(name, wanted, node):
                return False
        elif name == "index" and wanted != index:
            return False
    return True


def _text_matches(name: str, wanted: str, node: Node) -> bool:
    field = next(known for known in _STRING_FIELDS if name.startswith(known))
    value = _value(field, node)
    if value is None:
        return False
    how = name.removeprefix(field)
    if how == "Contains":  # UiSelector compares these without regard to case
        return wanted.lower() in value.lower()
    if how == "StartsWith":
        return value.lower().startswith(wanted.lower())
    if how == "Matches":
        return _pattern(wanted).fullmatch(value) is not None
    return value == wanted


def _value(field: str, node: Node) -> str | None:
    if field == "text":
        return shown_text(node)
    if field == "description":
        return node.desc
    if field == "resourceId":
        return node.rid
    return node.cls if field == "className" else node.package


@lru_cache(maxsize=256)
def _pattern(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source, re.DOTALL)
    except re.error as error:
        raise ValueError(f"Invalid regular expression {source!r}: {error}") from error


def _in_scrollable(scrollable: UiScrollable, roots: list[Node]) -> list[Node]:
    containers = matching(scrollable.container, roots)
    if not containers:
        return []
    wanted = wanted_by(scrollable)
    if wanted is None:
        return containers[:1]
    return list(_find(wanted, list(_walk(containers[0].children, containers[0]))))


def wanted_by(scrollable: UiScrollable) -> UiSelector | None:
    """What the container is searched for, None when it is only to be scrolled."""
    for name, arguments in scrollable.actions:
        first = arguments[0] if arguments else None
        if name in ("scrollIntoView", "getChildByInstance") and isinstance(first, UiSelector):
            return first
        if name.startswith("getChildBy") and isinstance(first, UiSelector):
            key = "text" if name.endswith("Text") else "description"
            extra = arguments[1] if len(arguments) > 1 else ""
            return UiSelector((*first.conditions, (key, extra)))
        if name == "scrollTextIntoView" and isinstance(first, str):
            return UiSelector((("text", first),))
        if name == "scrollDescriptionIntoView" and isinstance(first, str):
            return UiSelector((("description", first),))
    return None
