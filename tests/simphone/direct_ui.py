"""`pages.ui.Ui` straight on a simulated display: the page source that the server would send.

For tests of pages and locators without adb, Appium and proxy, which the end-to-end tests
have. The phone's loop runs in another thread than the person.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from typing import Any

from harness.domain.secret import Secret
from harness.screens.errors import ElementGoneError
from harness.screens.source import PageSource
from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.phone import Phone
from harness.simphone.ui.hierarchy import build
from harness.simphone.ui.text_input import set_text

BACK = 4
SECONDS = 20.0


class DirectUi:
    """One phone's screen; also `pages.ui.Launcher` for its app."""

    def __init__(self, phone: Phone, loop: asyncio.AbstractEventLoop) -> None:
        self._phone = phone
        self._loop = loop

    def source(self) -> str:
        async def read() -> str:
            return build(self._phone.display.roots()).xml()

        return self._run(read())

    def screenshot(self) -> bytes:
        return b""

    def focus(self) -> tuple[str, str] | None:
        return self._phone.display.focus()

    def tap(self, xpath: str) -> None:
        self._run(self._phone.display.tap(*self._middle(xpath)))

    def type(self, xpath: str, text: str | Secret) -> None:
        words = text.reveal() if isinstance(text, Secret) else text
        middle = self._middle(xpath)

        async def put() -> None:  # as UiAutomator does, whatever lies over the field
            for root in self._phone.display.roots():
                for node in root.walk():
                    if node.on_text is not None and node.centre == middle:
                        set_text(node, words)
                        return

        self._run(put())

    def text(self, xpath: str) -> str:
        return PageSource(self.source()).attribute(xpath, "text") or ""

    def back(self) -> None:
        self._run(self._phone.display.key(BACK))

    def hide_keyboard(self) -> None:
        if self._phone.display.keyboard_shown:
            self.back()

    def start(self) -> None:
        self._run(self._phone.activities.start_activity(f"{PACKAGE}/{SPLASH}"))

    def stop(self) -> None:
        async def end() -> None:
            self._phone.activities.force_stop(PACKAGE)

        self._run(end())

    def _middle(self, xpath: str) -> tuple[int, int]:
        bounds = PageSource(self.source()).attribute(xpath, "bounds")
        if bounds is None:
            raise ElementGoneError(xpath)
        left, top, right, bottom = (int(number) for number in re.findall(r"\d+", bounds))
        return (left + right) // 2, (top + bottom) // 2

    def _run[Value](self, work: Coroutine[Any, Any, Value]) -> Value:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)
