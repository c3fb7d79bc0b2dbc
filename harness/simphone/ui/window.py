"""One window: an activity's content inside Android's own frame, or a system window."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.node import Node
from harness.simphone.ui.view_identity import identify

OnBack = Callable[[], Awaitable[bool]]


class WindowKind(Enum):
    """What a window is; dialogs keep the focus until they are answered."""

    APP = "app"
    LAUNCHER = "launcher"
    DIALOG = "dialog"


@dataclass(slots=True, eq=False)
class AppWindow:
    """A window of `package`. Without content it is a starting window: nothing to see yet."""

    package: str
    activity: str
    on_back: OnBack | None = None
    kind: WindowKind = WindowKind.APP
    about: str = ""  # the package that a system dialog is about
    root: Node | None = None
    mirrored: bool = False  # of a language that is written from right to left
    on_finish: Callable[[AppWindow], None] | None = None
    on_draw: Callable[[AppWindow], None] | None = None
    _decor: Node | None = field(default=None, init=False)

    def set_content(self, root: Node) -> None:
        """Takes a new tree; views that stay keep their identity and their scroll position."""
        identify(root, self.root)
        self.root = root
        self.drawn()

    def drawn(self) -> None:
        """What is in it has changed: a frame is drawn."""
        if self.on_draw is not None:
            self.on_draw(self)

    def finish(self) -> None:
        """Closes the window for good."""
        if self.on_finish is not None:
            self.on_finish(self)

    def tree(self, geometry: Geometry, *, keyboard_shown: bool) -> Node | None:
        """The window's laid-out tree, None while there is no content."""
        if self.root is None:
            return None
        if self.kind is WindowKind.DIALOG:
            tree, area = self.root, geometry.screen
            lay_out(tree, area, mirrored=self.mirrored)
        else:
            tree = self._decorated(geometry, self.root)
            content = geometry.content(keyboard_shown=keyboard_shown)
            lay_out(self.root, content, mirrored=self.mirrored)
        for node in tree.walk():
            node.package = node.package or self.package
            if not node.view_id:  # added to a kept tree since
                identify(node, None)
        return tree

    def _decorated(self, geometry: Geometry, root: Node) -> Node:
        if self._decor is None:
            frame = "android.widget.FrameLayout"
            content = Node(frame, rid="android:id/content")
            self._decor = Node(
                frame, children=[Node("android.widget.LinearLayout", children=[content])]
            )
            lay_out(self._decor, geometry.screen)
            identify(self._decor, None)
        self._decor.children[0].children[0].children = [root]
        return self._decor
