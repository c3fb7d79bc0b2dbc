"""One search: a strategy, a selector, and where to look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.simphone.ui.finders.ui_selector import parse_selector
from harness.simphone.ui.finders.ui_selector_match import matching
from harness.simphone.ui.finders.xpath import find_by_xpath
from harness.simphone.ui.hierarchy import SourceOptions
from harness.simphone.ui.node import Node


class InvalidSelectorError(Exception):
    """The selector cannot be read (WebDriver's "invalid selector")."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a search looks: the whole screen, or below `context`."""

    roots: list[Node]  # topmost first
    package: str = ""  # the current package, put before ids without one
    context: Node | None = None
    complete_ids: bool = True  # False: disableIdLocatorAutocompletion
    options: SourceOptions = field(default_factory=SourceOptions)

    def nodes(self) -> Iterator[Node]:
        """All reported nodes in reading order, `context` itself left out."""
        for root in self.context.children if self.context is not None else self.roots:
            yield from _reported(root, self.options)


def find(strategy: str, selector: str, scope: Scope) -> list[Node]:
    """All matches in reading order.

    Raises InvalidSelectorError for an unknown strategy or an unreadable selector.
    """
    if strategy == "id":
        wanted = _full_id(selector, scope)
        return [node for node in scope.nodes() if node.rid == wanted]
    if strategy == "accessibility id":
        return [node for node in scope.nodes() if node.desc == selector]
    if strategy == "class name":
        return [node for node in scope.nodes() if node.cls == selector]
    try:
        if strategy == "xpath":
            return find_by_xpath(selector, scope.roots, scope.context, scope.options)
        if strategy == "-android uiautomator":
            tops = scope.context.children if scope.context is not None else scope.roots
            return matching(parse_selector(selector), tops)
    except ValueError as error:
        raise InvalidSelectorError(str(error)) from error
    raise InvalidSelectorError(f"Unsupported strategy: {strategy}")


def _full_id(selector: str, scope: Scope) -> str:
    if ":id/" in selector or not scope.complete_ids or not scope.package:
        return selector
    return f"{scope.package}:id/{selector}"


def _reported(node: Node, options: SourceOptions) -> Iterator[Node]:
    if not node.shown and not options.allow_invisible:
        return
    yield node
    for child in node.children:
        yield from _reported(child, options)
