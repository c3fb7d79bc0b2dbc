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
    weight: int = 1
    children: list[Node] = field(default_factory=list["Node"])

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()
