"""Screenshots: everything on the screen, as one PNG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields

from PIL import Image

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.render.colours import Rgb, luminance, parse
from harness.simphone.ui.render.node_painting import paint_tree
from harness.simphone.ui.render.shapes import fill

_KEPT = 8  # encoded screenshots that are kept
_STYLE_FIELDS = tuple(item.name for item in dataclass_fields(Style))
_WHITE: Rgb = (255, 255, 255)
_BLACK: Rgb = (22, 24, 35)


@dataclass(frozen=True, slots=True)
class Screen:
    """What is on the screen, each a laid-out tree; `windows` from the lowest up."""

    windows: tuple[Node, ...] = ()
    status_bar: Node | None = None
    keyboard: Node | None = None
    toast: Node | None = None
    dark: bool = False  # the screen is off

    def trees(self) -> Iterator[Node]:
        """In the order of painting."""
        yield from self.windows
        for tree in (self.keyboard, self.status_bar, self.toast):
            if tree is not None:
                yield tree


class Screenshots:
    """Paints and encodes screens; equal screens are encoded once."""

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry
        self._encoded: dict[int, bytes] = {}

    def png(self, screen: Screen) -> bytes:
        """The PNG file of a screen."""
        key = _content_hash(screen)
        found = self._encoded.get(key)
        if found is None:
            buffer = io.BytesIO()
            self.image(screen).save(buffer, "PNG", compress_level=1)
            found = buffer.getvalue()
            while len(self._encoded) >= _KEPT:
                del self._encoded[next(iter(self._encoded))]
            self._encoded[key] = found
        return found

    def unless(self, screen: Screen, seen: int | None) -> tuple[int, Image.Image] | None:
        """The picture before encoding and its mark; None when `seen` is that mark."""
        key = _content_hash(screen)
        return None if key == seen else (key, self.image(screen))

    def image(self, screen: Screen) -> Image.Image:
        """The picture before encoding."""
        size = (self._geometry.width, self._geometry.height)
        if screen.dark:
            return Image.new("RGB", size, (0, 0, 0))
        background = _page_colour(screen.windows[0]) if screen.windows else _WHITE
        image = Image.new("RGB", size, background)
        for tree in screen.windows:
            paint_tree(image, tree)
        if screen.keyboard is not None:
            paint_tree(image, screen.keyboard)
        if screen.status_bar is not None:
            ink = _ink_over(image, (10, 10))
            for node in screen.status_bar.walk():
                node.style.color = "#ffffff" if ink == _WHITE else "#161823"
            paint_tree(image, screen.status_bar)
        if screen.toast is not None:
            paint_tree(image, screen.toast)
        self._paint_gesture_bar(image)
        return image

    def _paint_gesture_bar(self, image: Image.Image) -> None:
        width, height = image.size
        y = height - self._geometry.navigation_bar // 2 + 4
        ink = _ink_over(image, (width // 2, y))
        fill(image, (width // 2 - 150, y - 5, width // 2 + 150, y + 5), ink, alpha=210, radius=5)


def _ink_over(image: Image.Image, point: tuple[int, int]) -> Rgb:
    """White or black, whichever is seen better there."""
    pixel = image.getpixel(point)
    colour = (pixel[0], pixel[1], pixel[2]) if isinstance(pixel, tuple) else _WHITE
    return _BLACK if luminance((int(colour[0]), int(colour[1]), int(colour[2]))) > 0.5 else _WHITE


def _page_colour(root: Node) -> Rgb:
    """The first solid background from the root down; it also shows behind the bars."""
    node: Node | None = root
    while node is not None:
        if node.style.background:
            colour, alpha = parse(node.style.background)
            if alpha == 255:
                return colour
        node = node.children[0] if node.children else None
    return _WHITE


def _content_hash(screen: Screen) -> int:
    parts: list[object] = [screen.dark]
    for tree in screen.trees():
        for node in tree.walk():
            style = node.style
            looks = tuple(getattr(style, name) for name in _STYLE_FIELDS)
            state = (node.visible, node.focused, node.checked, node.checkable, node.password)
            parts.append((node.cls, node.text, node.hint, node.bounds, node.frame, looks, state))
    return hash(tuple(parts))
