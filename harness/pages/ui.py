"""What the pages need of a phone."""

from __future__ import annotations

from typing import Protocol

from harness.domain.secret import Secret


class Ui(Protocol):
    """A person's eye and finger. Raises InstrumentError or ElementGoneError."""

    def source(self) -> str:
        """The page source as XML."""
        ...

    def screenshot(self) -> bytes:
        """PNG."""
        ...

    def focus(self) -> tuple[str, str] | None:
        """(package, activity) in front."""
        ...

    def tap(self, xpath: str) -> None: ...
    def type(self, xpath: str, text: str | Secret) -> None:
        """Replaces what stands in a field; a Secret goes into no log."""
        ...

    def text(self, xpath: str) -> str: ...
    def back(self) -> None: ...
    def hide_keyboard(self) -> None: ...


class Launcher(Protocol):
    """Starts and stops the app, as its icon and the recents screen do."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
