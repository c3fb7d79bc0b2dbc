"""Toasts: short messages over everything, gone after a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.render.fonts import line_height, text_width
from harness.simphone.ui.render.text_wrap import wrap
from harness.simphone.ui.view_identity import identify

_SIZE = 38
_PADDING = 36


@dataclass(frozen=True, slots=True)
class _Message:
    package: str
    text: str
    until: float  # seconds of uptime


class Toasts:
    """The message that is shown now; a newer one replaces it, as on API 30 and above."""

    def __init__(self, uptime: Callable[[], float], geometry: Geometry) -> None:
        self._uptime = uptime
        self._geometry = geometry
        self._message: _Message | None = None
        self._node: Node | None = None

    def show(self, package: str, text: str, seconds: float) -> None:
        self._message = _Message(package, text, self._uptime() + seconds)
        self._node = self._draw(self._message)
        identify(self._node, None)

    def node(self) -> Node | None:
        """The toast's view, None when there is none or its time is over."""
        if self._message is None or self._uptime() >= self._message.until:
            return None
        return self._node

    def _draw(self, message: _Message) -> Node:
        screen = self._geometry
        most = screen.width - 320
        lines = wrap(message.text, size=_SIZE, bold=False, width=most, max_lines=2)

        width = max(text_width(line, _SIZE) for line in lines) + 2 * _PADDING + 40
        height = len(lines) * line_height(_SIZE) + 2 * _PADDING
        left, bottom = (screen.width - width) // 2, screen.height - 190
        style = Style(
            background="#f2f0f4", size=_SIZE, align="center", radius=height // 2, padding=_PADDING
        )
        return Node(
            "android.widget.Toast",
            text=message.text,
            package=message.package,
            bounds=(left, bottom - height, left + width, bottom),
            style=style,
        )
