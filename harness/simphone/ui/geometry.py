"""Where the system's own bars and the keyboard lie on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.ui.node import Bounds

_DP = 160


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes in pixels of a portrait screen with gesture navigation."""

    width: int = 1080
    height: int = 2400
    density: int = 420

    @property
    def screen(self) -> Bounds:
        return (0, 0, self.width, self.height)

    @property
    def status_bar(self) -> int:
        """Height of the status bar: 24 dp."""
        return 24 * self.density // _DP

    @property
    def navigation_bar(self) -> int:
        """Height of the gesture bar: 24 dp."""
        return 24 * self.density // _DP

    @property
    def keyboard(self) -> Bounds:
        """Gboard's place in portrait, its suggestion strip included."""
        return (0, self.height - 320 * self.density // _DP, self.width, self.height)

    def content(self, *, keyboard_shown: bool) -> Bounds:
        """What an app's content has: below the status bar, above bar or keyboard."""
        bottom = self.keyboard[1] if keyboard_shown else self.height - self.navigation_bar
        return (0, self.status_bar, self.width, bottom)
