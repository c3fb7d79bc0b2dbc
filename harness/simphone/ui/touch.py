"""Which node a finger meets."""

from __future__ import annotations

from collections.abc import Iterable

from harness.simphone.ui.node import Node


def contains(node: Node, x: int, y: int) -> bool:
    """Whether the point lies on what is seen of `node`."""
    left, top, right, bottom = node.bounds or (0, 0, 0, 0)
    return left <= x < right and top <= y < bottom


def touched(root: Node, x: int, y: int) -> Node | None:
    """The node that takes a tap at (x, y), as Android hands touches down.

    Later children lie above earlier ones; what is not clickable lets the touch
    through to what is below; a disabled clickable view swallows it (the caller
    must look at `enabled`).
    """
    if not root.shown or not contains(root, x, y):
        return None
    for child in reversed(root.children):
        found = touched(child, x, y)
        if found is not None:
            return found
    return root if root.clickable else None


def scrollable_at(roots: Iterable[Node], x: int, y: int) -> Node | None:
    """The innermost scrollable node under the point."""
    found: Node | None = None
    for root in roots:
        for node in root.walk():
            if node.scrollable and node.shown and contains(node, x, y):
                found = node
    return found
