"""The page source: the XML that the UiAutomator2 server makes of the screen.

The order of the attributes is a constant of the real server (its
AccessibilityNodeInfoDumper); values that are null on the phone are left out,
`text` never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from harness.simphone.ui.node import Node
from harness.simphone.ui.text_input import is_field
from harness.simphone.ui.xml_tree import Element, etree

_BULLET = "\u2022"
_TAG_CHARACTERS = str.maketrans("$@#&", "....")
_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Settings of the server that change the source."""

    allow_invisible: bool = False  # allowInvisibleElements
    compressed: bool = False  # ignoreUnimportantViews: bare layout groups are left out
    max_depth: int = 70  # snapshotMaxDepth
    rotation: int = 0
    width: int = 1080
    height: int = 2400


@dataclass(slots=True)
class Hierarchy:
    """The XML tree and, for every element of it, its node."""

    element: Element
    nodes: dict[Element, Node] = field(default_factory=dict[Element, Node])

    def xml(self) -> str:
        """The document as the server writes it, indented by two spaces."""
        etree.indent(self.element, "  ")
        return (_DECLARATION + etree.tostring(self.element, encoding="utf-8")).decode()


def build(roots: Iterable[Node], options: SourceOptions | None = None) -> Hierarchy:
    """The hierarchy of window roots, topmost first."""
    options = options or SourceOptions()
    top = etree.Element("hierarchy")
    for name, value in (
        ("index", 0),
        ("class", "hierarchy"),
        ("rotation", options.rotation),
        ("width", options.width),
        ("height", options.height),
    ):
        top.set(name, str(value))
    hierarchy = Hierarchy(top)
    _add(hierarchy, top, list(roots), options, depth=1)
    return hierarchy


def shown_text(node: Node) -> str:
    """What the accessibility service reports as text.

    An empty field reports its placeholder; a password as many bullets as it
    has characters.
    """
    if is_field(node):
        if not node.text:
            return node.hint or ""
        if node.password:
            return _BULLET * len(node.text)
    return node.text


def attributes(node: Node, index: int) -> Iterator[tuple[str, str]]:
    """Names and values in the server's order, None left out."""
    is_typed = is_field(node)
    end = len(node.text) if is_typed and node.focused else None
    values: tuple[tuple[str, object], ...] = (
        ("index", index),
        ("package", node.package),
        ("class", node.cls),
        ("text", shown_text(node)),
        ("content-desc", node.desc),
        ("resource-id", node.rid),
        ("checkable", node.checkable),
        ("checked", node.checked),
        ("clickable", node.clickable),
        ("enabled", node.enabled),
        ("focusable", node.focusable),
        ("focused", node.focused),
        ("long-clickable", node.long_clickable),
        ("password", node.password),
        ("scrollable", node.scrollable),
        ("selection-start", end),
        ("selection-end", end),
        ("selected", node.selected),
        ("bounds", bounds_text(node)),
        ("displayed", node.shown),
        ("hint", node.hint),
    )
    for name, value in values:
        if isinstance(value, bool):
            yield name, "true" if value else "false"
        elif value is not None:
            yield name, xml_safe(str(value))


def bounds_text(node: Node) -> str:
    """Android's way to write a rectangle, "[left,top][right,bottom]"."""
    left, top, right, bottom = node.bounds or (0, 0, 0, 0)
    return f"[{left},{top}][{right},{bottom}]"


def tag(cls: str) -> str:
    """A class name as an element name; an obfuscated one that XML forbids becomes a View."""
    name = cls.translate(_TAG_CHARACTERS)
    if name and (name[0].isalpha() or name[0] == "_") and _fits_xml_name(name):
        return name
    return "android.view.View"


def xml_safe(text: str) -> str:
    """Replaces characters that XML 1.0 cannot hold by question marks."""
    if text.isprintable():
        return text
    return "".join(character if _allowed(ord(character)) else "?" for character in text)


def _add(
    hierarchy: Hierarchy,
    parent: Element,
    nodes: list[Node],
    options: SourceOptions,
    depth: int,
) -> None:
    if depth > options.max_depth:
        return
    for index, node in enumerate(_reported(nodes, options)):
        element = etree.SubElement(parent, tag(node.cls))
        for name, value in attributes(node, index):
            element.set(name, value)
        hierarchy.nodes[element] = node
        _add(hierarchy, element, node.children, options, depth + 1)


def _reported(nodes: list[Node], options: SourceOptions) -> Iterator[Node]:
    for node in nodes:
        if not node.shown and not options.allow_invisible:
            continue
        if options.compressed and _is_bare(node):
            yield from _reported(node.children, options)
        else:
            yield node


def _is_bare(node: Node) -> bool:
    """A layout group that says nothing itself."""
    says = node.text or node.desc or node.rid or node.hint
    acts = node.clickable or node.scrollable or node.checkable or node.focusable
    return bool(node.children) and not says and not acts


def _fits_xml_name(name: str) -> bool:
    return all(character.isalnum() or character in "._-" for character in name)


def _allowed(code: int) -> bool:
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
