"""The phone's clipboard."""

from __future__ import annotations

from collections.abc import Callable


class Clipboard:
    """One plain text; `on_change` is called after each new one."""

    def __init__(self) -> None:
        self.text = ""
        self.on_change: Callable[[], None] | None = None

    def put(self, text: str) -> None:
        """Replaces the content."""
        changed = text != self.text
        self.text = text
        if changed and self.on_change is not None:
            self.on_change()
