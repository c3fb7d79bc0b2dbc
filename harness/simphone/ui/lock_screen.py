"""Whether the screen is on and unlocked, and the lock screen itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.render.pictures import WALLPAPER
from harness.simphone.ui.system_bars import PACKAGE
from harness.simphone.ui.view_identity import identify

FOCUS = (PACKAGE, "Keyguard")


@dataclass(slots=True)
class ScreenState:
    """Power and lock state; `swipe_lock` False: no lock screen at all."""

    on: bool = True
    locked: bool = False
    swipe_lock: bool = True
    on_change: Callable[[], None] | None = None

    @property
    def usable(self) -> bool:
        """On and unlocked: apps can be seen and touched."""
        return self.on and not self.locked

    def sleep(self) -> None:
        """The screen goes dark and locks."""
        self._set(on=False, locked=self.locked or self.swipe_lock)

    def wake(self) -> None:
        """The screen lights up; a locked phone shows its lock screen."""
        self._set(on=True, locked=self.locked)

    def unlock(self) -> None:
        """A swipe, or `wm dismiss-keyguard`; there is no PIN."""
        if self.on:
            self._set(on=True, locked=False)

    def _set(self, *, on: bool, locked: bool) -> None:
        changed = (on, locked) != (self.on, self.locked)
        self.on, self.locked = on, locked
        if changed and self.on_change is not None:
            self.on_change()


def lock_screen(geometry: Geometry, time: str, date: str) -> Node:
    """The lock screen's window."""
    width, height = geometry.width, geometry.height
    clock = Node(
        "android.widget.TextView",
        text=time,
        rid=f"{PACKAGE}:id/lockscreen_clock_view",
        bounds=(0, 420, width, 700),
        style=Style(size=230, color="#ffffff", align="center"),
    )
    day = Node(
        "android.widget.TextView",
        text=date,
        rid=f"{PACKAGE}:id/date",
        bounds=(0, 720, width, 790),
        style=Style(size=52, color="#ffffff", align="center"),
    )
    hint = Node(
        "android.widget.TextView",
        text="Swipe up to open",
        rid=f"{PACKAGE}:id/keyguard_indication_text",
        bounds=(0, height - 220, width, height - 150),
        style=Style(size=40, color="#ffffff", align="center"),
    )
    root = Node(
        "android.widget.FrameLayout",
        rid=f"{PACKAGE}:id/keyguard_root_view",
        bounds=geometry.screen,
        style=Style(picture=WALLPAPER),
        children=[clock, day, hint],
    )
    for node in root.walk():
        node.package = PACKAGE
    identify(root, None)
    return root
