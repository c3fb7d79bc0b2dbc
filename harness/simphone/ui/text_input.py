"""The input focus, and what typing does to the field that has it."""

from __future__ import annotations

from harness.simphone.ui.node import Node


def is_field(node: Node) -> bool:
    """Whether text can be typed into it."""
    return node.on_text is not None or node.cls.endswith(("EditText", "AutoCompleteTextView"))


class TextInput:
    """Knows the focused field by its view, so that it outlives a new tree."""

    def __init__(self) -> None:
        self._view_id = 0
        self._keyboard_hidden = False

    def focus(self, node: Node) -> None:
        """Focuses an enabled field and asks for the keyboard."""
        self._view_id = node.view_id
        self._keyboard_hidden = False

    def clear(self) -> None:
        """No field has the focus."""
        self._view_id = 0

    def hide_keyboard(self) -> None:
        """Hides the keyboard; the field keeps the focus."""
        self._keyboard_hidden = True

    def field(self, root: Node | None) -> Node | None:
        """The focused field in the topmost window's tree; marks it `focused`."""
        found: Node | None = None
        if root is None:
            return None
        fields = [node for node in root.walk() if is_field(node)]
        for node in fields:
            if node.view_id == self._view_id and node.enabled:
                found = node
        for node in fields:
            node.focused = node is found
        return found

    def keyboard_wanted(self, root: Node | None) -> bool:
        """Whether the keyboard is up for a field of this tree."""
        return self.field(root) is not None and not self._keyboard_hidden

    def enter(self, root: Node | None) -> None:
        """The keyboard's action key: on to the next field, or done."""
        current = self.field(root)
        if root is None or current is None:
            return
        fields = [node for node in root.walk() if is_field(node) and node.enabled and node.shown]
        after = fields[fields.index(current) + 1 :] if current in fields else []
        if after:
            self.focus(after[0])
        else:
            self.hide_keyboard()


def set_text(node: Node, text: str) -> None:
    """Puts `text` into a field as an input method does; the app is told."""
    if not node.enabled:
        return
    node.text = text
    if node.on_text is not None:
        node.on_text(text)
