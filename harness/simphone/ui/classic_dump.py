"""The XML of the phone's own `uiautomator dump`: one kind of element, `node`.

Source: AOSP, frameworks/base/cmds/uiautomator, AccessibilityNodeInfoDumper.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from harness.simphone.ui.hierarchy import bounds_text, shown_text, xml_safe
from harness.simphone.ui.node import Node


def dump(roots: Iterable[Node]) -> str:
    """One line of XML; the active window only (the topmost that is not the keyboard)."""
    parts = ["<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>", '<hierarchy rotation="0">']
    for index, root in enumerate(roots):
        _dump(root, index, parts)
    parts.append("</hierarchy>")
    return "".join(parts)


def _dump(node: Node, index: int, parts: list[str]) -> None:
    if not node.shown:
        return
    naf = node.clickable and node.enabled and not (node.text or node.desc or node.children)
    values = [
        *([("NAF", "true")] if naf else []),
        ("index", str(index)),
        ("text", shown_text(node)),
        ("resource-id", node.rid or ""),
        ("class", node.cls),
        ("package", node.package),
        ("content-desc", node.desc or ""),
        ("checkable", _flag(node.checkable)),
        ("checked", _flag(node.checked)),
        ("clickable", _flag(node.clickable)),
        ("enabled", _flag(node.enabled)),
        ("focusable", _flag(node.focusable)),
        ("focused", _flag(node.focused)),
        ("scrollable", _flag(node.scrollable)),
        ("long-clickable", _flag(node.long_clickable)),
        ("password", _flag(node.password)),
        ("selected", _flag(node.selected)),
        ("bounds", bounds_text(node)),
    ]
    text = " ".join(f"{name}={quoteattr(xml_safe(value))}" for name, value in values)
    children = [child for child in node.children if child.shown]
    if not children:
        parts.append(f"<node {text} />")
        return
    parts.append(f"<node {text}>")
    for position, child in enumerate(children):
        _dump(child, position, parts)
    parts.append("</node>")


def _flag(value: object) -> str:
    return "true" if value else "false"
