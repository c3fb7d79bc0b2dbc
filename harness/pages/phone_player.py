"""The phone's own player, with a video that the app saved."""

from __future__ import annotations

from harness.pages.hand import Hand

_PAGE = "player"


class PhonePlayer:
    """`hand` looks at the player's windows, with the locators of players."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def plays(self, *, timeout: float = 10.0) -> bool | None:
        """Whether it plays what it was given; None when no player came up."""
        look = self._hand.wait_for((_PAGE,), timeout=timeout)
        if look is None:
            return None
        if self._hand.shown(_PAGE, "broken"):
            return False
        return self._hand.shown(_PAGE, "pause") or self._hand.shown(_PAGE, "play")

    def close(self) -> None:
        """Back to where one was."""
        self._hand.ui.back()
