"""A person's eye and finger that survive a lost session: looks are repeated, actions not.

A look changes nothing, so it is made again once the way is mended. A tap or a text whose
outcome is unknown is never repeated; one that surely was not begun is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from harness.adapters.appium.errors import STALE
from harness.domain.secret import Secret
from harness.pages.ui import Ui
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError

T = TypeVar("T")

_LOOKS = 3
"""How often one look is tried in all."""


class RecoveringUi:
    """Implements pages.ui.Ui over another one."""

    def __init__(
        self,
        ui: Ui,
        recover: Callable[[InstrumentError], bool],
        note: Callable[[InstrumentError], None],
    ) -> None:
        """`recover` says whether it is worth asking again; `note` writes down what was stale."""
        self._ui = ui
        self._recover = recover
        self._note = note

    def source(self) -> str:
        """The page source as XML."""
        return self._look(self._ui.source)

    def screenshot(self) -> bytes:
        """PNG."""
        return self._look(self._ui.screenshot)

    def focus(self) -> tuple[str, str] | None:
        """(package, activity) in front."""
        return self._look(self._ui.focus)

    def text(self, xpath: str) -> str:
        """Text of an element."""
        return self._look(lambda: self._ui.text(xpath))

    def tap(self, xpath: str) -> None:
        """Taps an element, once."""
        self._act(lambda: self._ui.tap(xpath))

    def type(self, xpath: str, text: str | Secret) -> None:
        """Replaces what stands in a field."""
        self._act(lambda: self._ui.type(xpath, text))

    def back(self) -> None:
        """The back key, once."""
        self._act(self._ui.back)

    def hide_keyboard(self) -> None:
        """Takes the keyboard away."""
        self._act(self._ui.hide_keyboard)

    def _look(self, call: Callable[[], T]) -> T:
        for _ in range(_LOOKS - 1):
            try:
                return call()
            except InstrumentError as error:
                if not self._recover(error):
                    raise
        return call()

    def _act(self, call: Callable[[], None]) -> None:
        try:
            call()
        except ElementGoneError as error:
            self._note(InstrumentError("appium", "reach an element", str(error), cause=STALE))
            raise
        except InstrumentError as error:
            if not error.not_begun or not self._recover(error):
                raise
            call()
