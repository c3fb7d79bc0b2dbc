"""XPath 1.0 over the page source, answered with nodes."""

from __future__ import annotations

from collections.abc import Iterable

from harness.simphone.ui.hierarchy import SourceOptions, build
from harness.simphone.ui.node import Node
from harness.simphone.ui.xml_tree import etree


def find_by_xpath(
    expression: str, roots: Iterable[Node], context: Node | None, options: SourceOptions
) -> list[Node]:
    """Matches in document order.

    With a `context`, `.//` is relative to it, and `//` means the same, as the
    real server sees only the subtree then. Raises ValueError for an expression
    that is not XPath or does not select elements.
    """
    hierarchy = build([context] if context is not None else roots, options)
    start = hierarchy.element[0] if context is not None else hierarchy.element
    try:
        found = start.xpath(expression)
    except etree.XPathError as error:
        raise ValueError(f"Invalid XPath expression {expression!r}: {error}") from error
    if not isinstance(found, list):
        raise ValueError(f"XPath expression {expression!r} gives a value, not elements")
    nodes = [hierarchy.nodes[item] for item in found if item in hierarchy.nodes]
    return [node for node in nodes if node is not context or expression.startswith((".", "self"))]
