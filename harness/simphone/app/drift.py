"""Faults of labels: what a new version of the app does to a test's locators."""

from __future__ import annotations

from harness.simphone.ui.node import Node


def drift(root: Node) -> None:
    """Content descriptions gone, obfuscated ids renamed; visible texts stay."""
    for node in root.walk():
        node.desc = None
        if node.rid and ":id/" in node.rid:
            package, _, name = node.rid.partition(":id/")
            if len(name) <= 3:
                node.rid = f"{package}:id/{name[::-1]}q"


def rename(root: Node) -> None:
    """Every label, hint and id is another one: nothing that a test knows is left."""
    drift(root)
    for number, node in enumerate(root.walk()):
        if node.text and node.on_text is None:
            node.text = f"Label {number}"
        if node.hint:
            node.hint = f"Field {number}"
