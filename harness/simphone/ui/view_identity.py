"""Which node of a new tree is the same view as one of the tree before.

Apps here replace their whole tree on each change of state, where a real app
keeps its views and changes them. WebDriver's element ids, and the focus, must
outlive that; so the views that stay get the same `view_id` again, and a page
that has little in common with the one before gets all new ones.
"""

from __future__ import annotations

from collections import Counter
from itertools import count

from harness.simphone.ui.node import Node

_SAME_PAGE = 0.3  # share of labels in common from which two trees are one page

_ids = count(1)


def identify(new: Node, old: Node | None) -> None:
    """Gives every node of `new` a `view_id`, taken from `old` where it is the same view."""
    if old is not None and old is not new and _similarity(old, new) >= _SAME_PAGE:
        _match(old, new)
    for node in new.walk():
        if not node.view_id:
            node.view_id = next(_ids)


def _match(old: Node, new: Node) -> None:
    if new.view_id == 0:
        new.view_id = old.view_id
    if new.scrollable and new.scroll_offset == 0:
        new.scroll_offset = old.scroll_offset
    unused = [child for child in old.children if child not in new.children]
    pending: list[Node] = [child for child in new.children if child.view_id == 0]
    for key in (_exact_key, _kind_key):
        rest: list[Node] = []
        for child in pending:
            twin = next((other for other in unused if key(other) == key(child)), None)
            if twin is None:
                rest.append(child)
                continue
            unused.remove(twin)
            _match(twin, child)
        pending = rest


def _exact_key(node: Node) -> tuple[object, ...]:
    text = None if node.on_text is not None else node.text
    return (node.cls, node.rid, node.hint, node.password, node.desc, text)


def _kind_key(node: Node) -> tuple[object, ...]:
    return (node.cls, node.rid, node.hint, node.password)


def _labels(root: Node) -> Counter[tuple[object, ...]]:
    return Counter(
        _exact_key(node)
        for node in root.walk()
        if node.rid or node.hint or node.desc or (node.text and node.on_text is None)
    )


def _similarity(old: Node, new: Node) -> float:
    before, after = _labels(old), _labels(new)
    larger = max(before.total(), after.total())
    if larger == 0:
        return 1.0
    return (before & after).total() / larger
