"""How big a node wants to be: the natural size of views without height or weight."""

from __future__ import annotations

from harness.simphone.ui.node import Node
from harness.simphone.ui.render.fonts import line_height, text_width
from harness.simphone.ui.render.text_wrap import wrap
from harness.simphone.ui.render.toggles import MARKED

CONTROL = 132  # height of a button or field, 50 dp
ICON = 72
PICTURE = 320
CHECK_BOX = 72  # the box left of a CheckBox's label


def natural_height(node: Node, width: int) -> int:
    """Pixels of height that `node` needs when it is `width` pixels wide."""
    padding = 2 * node.style.padding
    if not node.children:
        return _leaf_height(node, max(1, width - padding)) + padding
    heights = [
        _own(child, "column", node) or natural_height(child, _child_width(node, child, width))
        for child in node.children
        if _flows(child)
    ]
    if node.direction == "column":
        return sum(heights) + padding
    return max(heights, default=0) + padding


def natural_width(node: Node) -> int:
    """Pixels of width that `node` needs when its text is not broken."""
    padding = 2 * node.style.padding
    if not node.children:
        return _leaf_width(node) + padding
    widths = [
        _own(child, "row", node) or natural_width(child) for child in node.children if _flows(child)
    ]
    if node.direction == "row":
        return sum(widths) + padding
    return max(widths, default=0) + padding


def _own(child: Node, axis: str, parent: Node) -> int | None:
    """The child's own size when it is meant along `axis`."""
    return child.height if parent.direction == axis else None


def _flows(child: Node) -> bool:
    return child.visible and (child.bounds is None or child.frame is not None)


def _child_width(parent: Node, child: Node, width: int) -> int:
    inner = width - 2 * parent.style.padding
    if parent.direction != "row":
        return inner
    if child.height is not None:
        return child.height
    if child.weight == 0:
        return min(inner, natural_width(child))
    taken = sum(
        other.height if other.height is not None else natural_width(other)
        for other in parent.children
        if _flows(other) and (other.height is not None or other.weight == 0)
    )
    shares = sum(
        other.weight for other in parent.children if _flows(other) and other.height is None
    )
    return max(1, (inner - taken) * child.weight // max(1, shares))


def _leaf_height(node: Node, width: int) -> int:
    style = node.style
    if node.cls.endswith(("Button", "EditText")):
        return CONTROL - 2 * style.padding
    label = node.text or node.hint or ""
    if label:
        lines = wrap(
            label, size=style.size, bold=style.bold, width=width, max_lines=style.max_lines
        )
        return len(lines) * line_height(style.size)
    if style.picture is not None:
        return PICTURE
    if style.icon is not None:
        return ICON
    return line_height(style.size) if node.cls.endswith("TextView") else 0


def _leaf_width(node: Node) -> int:
    style = node.style
    if style.picture is not None:
        return PICTURE
    width = ICON if style.icon is not None else 0
    label = node.text or node.hint or ""
    if label:
        lines = label.split("\n")
        width += max(text_width(line, style.size, style.bold) for line in lines)
    if node.cls.endswith(MARKED):
        width += CHECK_BOX
    return width
