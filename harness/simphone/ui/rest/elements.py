"""Element ids: what a session has found, and whether it is still there."""

from __future__ import annotations

import uuid

from harness.simphone.ui.node import Node
from harness.simphone.ui.rest.errors import stale_element

ELEMENT_KEY = "element-6066-11e4-a52e-4f735466cecf"
"""The W3C's name for "this is an element"."""

LEGACY_KEY = "ELEMENT"


class Elements:
    """Ids of one session; a view keeps its id as long as the session lives."""

    def __init__(self) -> None:
        self._views: dict[str, int] = {}  # element id → view id
        self._ids: dict[int, str] = {}

    def reference(self, node: Node) -> dict[str, str]:
        """The node as WebDriver writes an element."""
        element_id = self._ids.get(node.view_id)
        if element_id is None:
            element_id = f"00000000-0000-{uuid.uuid4().hex[:4]}-{uuid.uuid4().hex[:4]}-"
            element_id += f"{node.view_id:012x}"
            self._ids[node.view_id] = element_id
            self._views[element_id] = node.view_id
        return {LEGACY_KEY: element_id, ELEMENT_KEY: element_id}

    def node(self, element_id: str, roots: list[Node]) -> Node:
        """The view's node now. Raises "stale element reference" when it has left the tree."""
        view = self._views.get(element_id)
        if view is not None:
            for root in roots:
                for node in root.walk():
                    if node.view_id == view:
                        return node
        raise stale_element(element_id)


def element_id(reference: object) -> str | None:
    """The id in an element reference of a request, None when it is none."""
    if isinstance(reference, str):
        return reference or None
    if isinstance(reference, dict):
        for key in (ELEMENT_KEY, LEGACY_KEY):
            found = reference.get(key)
            if isinstance(found, str):
                return found
    return None
