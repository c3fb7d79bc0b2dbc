"""A finger and eyes for tests: finds views of the screen and taps them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from harness.simphone.phone import Phone
from harness.simphone.ui.node import Node

SECONDS = 8.0


class Finger:
    """Works on one phone's display."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    def find(self, label: str) -> Node | None:
        """The first visible view with this text, description or hint."""
        for root in self.phone.display.roots():
            for node in root.walk():
                if node.visible and label in (node.text, node.desc, node.hint):
                    return node
        return None

    def find_id(self, name: str) -> list[Node]:
        """All views whose resource id ends in `:id/name`."""
        roots = self.phone.display.roots()
        return [n for root in roots for n in root.walk() if (n.rid or "").endswith(f":id/{name}")]

    async def until(self, seen: Callable[[], object], what: str) -> None:
        """Waits for a condition; fails with what is on the screen."""
        limit = time.monotonic() + SECONDS
        while not seen():
            assert time.monotonic() < limit, f"{what} not seen; texts: {self.texts()}"
            await asyncio.sleep(0.01)

    async def see(self, label: str) -> Node:
        """Waits for a label."""
        await self.until(lambda: self.find(label), label)
        found = self.find(label)
        assert found is not None
        return found

    async def tap(self, label: str) -> None:
        """Waits for a label and taps it."""
        node = await self.see(label)
        await self.tap_node(node)

    async def tap_node(self, node: Node) -> None:
        """Taps the middle of a view."""
        assert node.bounds is not None
        left, top, right, bottom = node.bounds
        await self.phone.display.tap((left + right) // 2, (top + bottom) // 2)

    async def type_into(self, hint: str, text: str) -> None:
        """Taps a field by its hint and types."""
        await self.tap(hint)
        await self.phone.display.type_text(text)

    def texts(self) -> list[str]:
        """All texts that can be seen."""
        roots = self.phone.display.roots()
        return [n.text for root in roots for n in root.walk() if n.text]
