"""What screens are given: state, texts, ids, and how to act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.simphone.app.numbers import localized
from harness.simphone.app.state import AppState
from harness.simphone.ui.widgets import OnClick


@dataclass(frozen=True, slots=True)
class View:
    """Passed to every screen."""

    state: AppState
    texts: Mapping[str, str]
    ids: Mapping[str, str]
    package: str
    language: str
    do: Callable[[str, str], OnClick]
    """`do(action, value)`: a click that runs the action."""
    typed: Callable[[str, str], None]
    """`typed(field, text)`: a field's whole new text."""

    def t(self, key: str) -> str:
        """The label `key` in the phone's language."""
        return self.texts[key]

    def rid(self, key: str) -> str:
        """The full resource id that this build gives to `key`."""
        return f"{self.package}:id/{self.ids[key]}"

    def click(self, action: str, value: str = "") -> OnClick:
        """Short for `do`."""
        return self.do(action, value)

    def number(self, value: int) -> str:
        """A counter as shown."""
        return localized(value, self.language)
