"""Gives every node its place: columns, rows and stacks inside a window."""

from __future__ import annotations

from harness.simphone.ui.measure import CONTROL, natural_height, natural_width
from harness.simphone.ui.node import Bounds, Node

NOWHERE: Bounds = (0, 0, 0, 0)


def lay_out(root: Node, area: Bounds, *, mirrored: bool = False) -> None:
    """Sets `bounds` of `root` and all below it, cut to `area`.

    A node whose `bounds` were given by the app keeps them; the others get a
    `frame` (their whole place) and `bounds` (the part of it that can be seen).
    Can be called again after a change: places given by an earlier call are
    made anew. `mirrored`: rows begin at the right, as Android lays out a
    language that is written from right to left.
    """
    for node in root.walk():
        node.mirrored = mirrored
    _place(root, area, area)


def intersect(first: Bounds, second: Bounds) -> Bounds:
    """The common part of two rectangles; `NOWHERE` when there is none."""
    left, top = max(first[0], second[0]), max(first[1], second[1])
    right, bottom = min(first[2], second[2]), min(first[3], second[3])
    return (left, top, right, bottom) if right > left and bottom > top else NOWHERE


def _place(node: Node, frame: Bounds, clip: Bounds) -> None:
    if node.bounds is not None and node.frame is None:
        frame = node.bounds  # the app's own
        clip = intersect(frame, clip)
    else:
        node.frame = frame
        node.bounds = clip = intersect(frame, clip)
    padding = node.style.padding
    inner = (
        frame[0] + padding,
        frame[1] + padding,
        max(frame[0] + padding, frame[2] - padding),
        max(frame[1] + padding, frame[3] - padding),
    )
    flowing = [child for child in node.children if child.frame is not None or child.bounds is None]
    if node.direction == "stack":
        for child in flowing:
            _place(child, inner, clip)
    elif node.direction == "row":
        _place_row(flowing, inner, clip, mirrored=node.mirrored)
    else:
        _place_column(node, flowing, inner, clip)
    for child in node.children:
        if child not in flowing:
            _place(child, NOWHERE, clip)


def _place_column(node: Node, children: list[Node], inner: Bounds, clip: Bounds) -> None:
    left, top, right, bottom = inner
    natural = [natural_height(child, right - left) for child in children]
    sizes = _share(children, natural, bottom - top, scrolls=node.scrollable)
    if node.scrollable:
        overflow = max(0, sum(sizes) - (bottom - top))
        node.scroll_offset = max(0, min(node.scroll_offset, overflow))
        top -= node.scroll_offset
    for child, size in zip(children, sizes, strict=True):
        _place(child, (left, top, right, top + size), clip)
        top += size


def _place_row(children: list[Node], inner: Bounds, clip: Bounds, *, mirrored: bool) -> None:
    """Children are as high as the row, but buttons at most as high as buttons are."""
    left, top, right, bottom = inner
    natural = [natural_width(child) for child in children]
    for child, size in zip(children, _share(children, natural, right - left), strict=True):
        spare = max(0, bottom - top - CONTROL) if child.cls.endswith("Button") else 0
        start = right - size if mirrored else left
        _place(child, (start, top + spare // 2, start + size, bottom - spare + spare // 2), clip)
        left, right = left + size, right - size


def _share(
    children: list[Node], natural: list[int], room: int, *, scrolls: bool = False
) -> list[int]:
    """Sizes along the direction: fixed, natural (weight 0), or a share of the rest."""
    sizes: list[int | None] = []
    for child, wanted in zip(children, natural, strict=True):
        if not child.visible:
            sizes.append(0)
        elif child.height is not None:
            sizes.append(child.height)
        elif child.weight == 0 or scrolls:
            sizes.append(wanted)
        else:
            sizes.append(None)
    rest = max(0, room - sum(size for size in sizes if size is not None))
    shares = sum(child.weight for child, size in zip(children, sizes, strict=True) if size is None)
    given = 0
    result: list[int] = []
    for child, size in zip(children, sizes, strict=True):
        if size is None:
            size = (given + child.weight) * rest // shares - given * rest // shares
            given += child.weight
        result.append(size)
    return result
