"""Windows, input and pixels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL import Image

    from harness.simphone.ui.node import Node


class Window(Protocol):
    """One app's window. The app replaces its content whenever its state changes."""

    package: str
    activity: str

    mirrored: bool
    """Whether rows begin at the right."""

    def set_content(self, root: Node) -> None:
        """Takes a new tree; bounds may be left to the layout."""
        ...

    def finish(self) -> None: ...


class Display(Protocol):
    """Window manager, keyboard, status bar, toasts, dialogs."""

    def open_window(
        self, package: str, activity: str, *, on_back: Callable[[], Awaitable[bool]] | None = None
    ) -> Window: ...
    def close_package(self, package: str) -> None: ...
    @property
    def frames(self) -> Mapping[str, int]:
        """What each package has drawn since its process began."""
        ...

    def focus(self) -> tuple[str, str] | None:
        """(package, activity) that has the focus."""
        ...

    def roots(self) -> list[Node]:
        """Window roots, topmost first, as the accessibility service sees them."""
        ...

    def toast(self, package: str, text: str, seconds: float = 3.5) -> None: ...
    async def tap(self, x: int, y: int) -> None: ...
    async def key(self, keycode: int) -> None: ...
    async def type_text(self, text: str) -> None: ...
    async def swipe(self, x1: int, y1: int, x2: int, y2: int, seconds: float) -> None: ...
    def screenshot(self) -> bytes:
        """PNG of what a person would see."""
        ...

    def frame(self, seen: int | None) -> tuple[int, Image.Image] | None:
        """The same as pixels, with a mark of its content; None while it is what `seen` marks."""
        ...

    @property
    def keyboard_shown(self) -> bool: ...
