"""A node of a screen: what the accessibility service reports and what is drawn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

Bounds = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the screen."""


@dataclass(slots=True)
class Style:
    """How a node is drawn; says nothing to the accessibility service."""

    background: str | None = None  # CSS-like colour, "#rrggbb"
    color: str = "#161823"
    size: int = 42  # text height in pixels
    bold: bool = False
    align: str = "left"  # left, center, right
    radius: int = 0
    border: str | None = None
    icon: str | None = None  # a drawn glyph: home, friends, plus, inbox, profile, back, …
    picture: int | None = None  # seed of a drawn picture (video still, avatar)
    padding: int = 0
    progress: float = 0.0  # how far a SeekBar is, 0 to 1
    max_lines: int = 0  # text is cut with an ellipsis after so many lines; 0: as many as fit


@dataclass(slots=True, eq=False)
class Node:
    """One view. `bounds` None: its parent lays it out (`direction`, `height`, `weight`)."""

    cls: str = "android.view.View"
    text: str = ""
    desc: str | None = None
    rid: str | None = None  # full resource id, "com.zhiliaoapp.musically:id/mks"
    hint: str | None = None
    package: str = ""
    bounds: Bounds | None = None
    checkable: bool = False
    checked: bool = False
    clickable: bool = False
    enabled: bool = True
    focusable: bool = False
    focused: bool = False
    long_clickable: bool = False
    password: bool = False
    scrollable: bool = False
    selected: bool = False
    visible: bool = True
    on_click: Callable[[], Awaitable[None]] | None = None
    on_text: Callable[[str], None] | None = None  # an EditText's whole new text
    on_scroll: Callable[[str], Awaitable[None]] | None = None  # "up", "down", "left", "right"
    style: Style = field(default_factory=Style)
    direction: str = "column"  # how children without bounds are laid out: column, row, stack
    height: int | None = None  # pixels along the parent's direction; None: by weight
    weight: int = 1  # share of what is left; 0 without a height: as big as its content
    children: list[Node] = field(default_factory=list["Node"])
    scroll_offset: int = 0  # pixels that a scrollable node's content is moved by
    mirrored: bool = False  # set by the layout: its lines begin at the right
    frame: Bounds | None = None  # where the layout put it, before cutting at its parents
    view_id: int = 0  # given by the display; the same view keeps it when the tree is replaced

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def shown(self) -> bool:
        """Whether any of it can be seen, given its own `visible` and its bounds."""
        if not self.visible or self.bounds is None:
            return False
        left, top, right, bottom = self.bounds
        return right > left and bottom > top

    @property
    def centre(self) -> tuple[int, int]:
        """The middle of its bounds, (0, 0) before it was laid out."""
        left, top, right, bottom = self.bounds or (0, 0, 0, 0)
        return (left + right) // 2, (top + bottom) // 2
