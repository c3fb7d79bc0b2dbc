"""Whether an element can be reached by a finger, or something lies over it.

Android gives a touch to the topmost view that takes touches. Page sources list
siblings in the order of their children; `drawing-order`, where the server gives it, says
which of two siblings is drawn over the other.
"""

from __future__ import annotations

import re
from typing import Any

from harness.screens.source import PageSource

XmlNode = Any  # lxml ships no types

_BOUNDS = re.compile(r"\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")
_WORDS = 3  # texts of a cover that are told; enough to know it again on the screenshot


def cover_of(source: PageSource, xpath: str) -> str | None:
    """What lies over the middle of the first node that `xpath` finds, in its own words.

    None when nothing does, when the source gives no bounds, or when what lies there says
    nothing: layers without words that catch gestures are common, and lead touches on.
    """
    target = source.first(xpath)
    middle = None if target is None else _middle(target)
    if target is None or middle is None:
        return None
    for node in reversed(_in_front(target)):
        if node.attrib.get("clickable") != "true" or not _holds(node, middle):
            continue
        words = words_of(_branch(node, target))
        if words:
            return words
    return None


def words_of(root: XmlNode) -> str:
    """The first texts and descriptions below a node."""
    found = (
        str(node.attrib.get(name, "")).strip()
        for node in root.iter()
        for name in ("text", "content-desc")
    )
    return " · ".join(list(dict.fromkeys(text for text in found if text))[:_WORDS])


def _in_front(target: XmlNode) -> list[XmlNode]:
    """Nodes of the target's window drawn after it, lowest first."""
    found: list[XmlNode] = []
    lower = target
    for parent in target.iterancestors():
        if parent.getparent() is None:
            break  # windows are no siblings of one another
        later = [child for child in parent if child is not lower and _after(child, lower, parent)]
        later.sort(key=lambda child, parent=parent: _order(child, parent))
        found += [node for child in later for node in child.iter()]
        lower = parent
    return found


def _after(child: XmlNode, other: XmlNode, parent: XmlNode) -> bool:
    return _order(child, parent) > _order(other, parent)


def _order(child: XmlNode, parent: XmlNode) -> tuple[int, int]:
    drawn = str(child.attrib.get("drawing-order", "0"))
    return int(drawn) if drawn.isdigit() else 0, parent.index(child)


def _branch(node: XmlNode, target: XmlNode) -> XmlNode:
    """The whole of what covers: the child of the common ancestor that holds `node`."""
    above = list(target.iterancestors())
    branch = node
    while branch.getparent() is not None and branch.getparent() not in above:
        branch = branch.getparent()
    return branch


def _middle(node: XmlNode) -> tuple[int, int] | None:
    found = _BOUNDS.fullmatch(str(node.attrib.get("bounds", "")))
    if found is None:
        return None
    left, top, right, bottom = (int(number) for number in found.groups())
    return (left + right) // 2, (top + bottom) // 2


def _holds(node: XmlNode, point: tuple[int, int]) -> bool:
    found = _BOUNDS.fullmatch(str(node.attrib.get("bounds", "")))
    if found is None:
        return False
    left, top, right, bottom = (int(number) for number in found.groups())
    return left <= point[0] < right and top <= point[1] < bottom
