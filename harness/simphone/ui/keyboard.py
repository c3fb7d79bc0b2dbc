"""Gboard: the keyboard's window, whose keys type."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.view_identity import identify

KEY_BACKSPACE = "Delete"
KEY_ENTER = "Enter"
KEY_SHIFT = "Shift"
KEY_PAGE = "Symbol keyboard"
KEY_LETTERS = "Letter keyboard"
_NAMED = {KEY_BACKSPACE: "backspace", KEY_ENTER: "enter", KEY_SHIFT: "shift"}
_LABELS = {KEY_PAGE: "?123", KEY_LETTERS: "ABC", "Space": ""}
_WIDE = {KEY_BACKSPACE: 3, KEY_SHIFT: 3, KEY_PAGE: 3, KEY_LETTERS: 3, KEY_ENTER: 3, "Space": 10}

_LETTERS: tuple[tuple[str, ...], ...] = (
    tuple("qwertyuiop"),
    tuple("asdfghjkl"),
    (KEY_SHIFT, *"zxcvbnm", KEY_BACKSPACE),
    (KEY_PAGE, ",", "Space", ".", KEY_ENTER),
)
_SYMBOLS: tuple[tuple[str, ...], ...] = (
    tuple("1234567890"),
    tuple("@#$_&-+()/"),
    (*"*\"':;!?=%", KEY_BACKSPACE),
    (KEY_LETTERS, ",", "Space", ".", KEY_ENTER),
)

BACKGROUND = "#eceef4"
_KEY = "#ffffff"
_SPECIAL = "#d5d9e4"


class Keyboard:
    """The keys shown now; `on_key` is given a character or one of the KEY_ names."""

    def __init__(
        self, geometry: Geometry, on_key: Callable[[str], Awaitable[None]], package: str
    ) -> None:
        """`package` is the keyboard app's."""
        self._package = package
        self._geometry = geometry
        self._on_key = on_key
        self._capitals = False
        self._rows = _LETTERS
        self._root: Node | None = None

    def window(self) -> Node:
        """The keyboard's tree."""
        if self._root is None:
            self._root = self._build()
            identify(self._root, None)
        return self._root

    async def _press(self, key: str) -> None:
        if key == KEY_SHIFT:
            self._capitals = not self._capitals
        elif key in (KEY_PAGE, KEY_LETTERS):
            self._rows = _SYMBOLS if key == KEY_PAGE else _LETTERS
        else:
            await self._on_key(" " if key == "Space" else self._shifted(key))
            self._capitals = False
        self._root = None

    def _shifted(self, key: str) -> str:
        return key.upper() if self._capitals and len(key) == 1 else key

    def _build(self) -> Node:
        left, top, right, bottom = self._geometry.keyboard
        strip, margin, foot = 110, 6, self._geometry.navigation_bar
        height = (bottom - foot - top - strip) // len(self._rows)
        keys: list[Node] = []
        for line, names in enumerate(self._rows):
            width = (right - left - 2 * margin) // 20
            units = sum(_WIDE.get(name, 2) for name in names)
            x = (left + right - units * width) // 2
            for column, name in enumerate(names):
                wide = _WIDE.get(name, 2) * width
                y = top + strip + line * height
                key = self._key(name, (x + 5, y + 8, x + wide - 5, y + height - 8))
                key.rid = f"{self._package}:id/key_pos_{line}_{column}"
                keys.append(key)
                x += wide
        return Node(
            "android.widget.FrameLayout",
            rid="android:id/inputArea",
            package=self._package,
            bounds=self._geometry.keyboard,
            style=Style(background=BACKGROUND),
            children=keys,
        )

    def _key(self, name: str, bounds: tuple[int, int, int, int]) -> Node:
        async def press() -> None:
            await self._press(name)

        special = name in _WIDE and name != "Space"
        style = Style(background=_SPECIAL if special else _KEY, radius=18, align="center", size=52)
        label = _LABELS.get(name, self._shifted(name))
        if name in _NAMED:
            style.icon, label = _NAMED[name], ""
        if len(label) > 1:
            style.size = 36
        return Node(
            "android.widget.FrameLayout",
            desc=self._shifted(name),
            package=self._package,
            bounds=bounds,
            clickable=True,
            style=style,
            on_click=press,
            children=[_label(label, bounds, style, self._package)] if label else [],
        )


def _label(text: str, bounds: tuple[int, int, int, int], style: Style, package: str) -> Node:
    look = Style(size=style.size, align="center", color="#1b1c1f")
    return Node("android.widget.TextView", text=text, package=package, bounds=bounds, style=look)
