"""A list of people (followers): its count and what fits on the screen, never a name."""

from __future__ import annotations

from harness.domain.facts.screen import ScreenValue
from harness.pages.hand import Hand

_PAGE = "followers"
_OPENING = 5.0
"""Seconds from the tap to the page; what it lists may take longer."""


class PeoplePage:
    """`behind` opens it; `wait` first."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._messages: list[str] = []
        self._loaded = False

    @staticmethod
    def behind(hand: Hand, page: str, element: str) -> PeoplePage:
        """Taps what leads to it, twice if need be. Raises AssertionError when nothing opens."""
        for _ in range(2):
            hand.tap(page, element)
            if hand.wait_for((_PAGE,), messages=False, timeout=_OPENING) is not None:
                return PeoplePage(hand)
        raise AssertionError("a tap on the number of followers opens no list")

    def wait(self, *, timeout: float = 30.0) -> PeoplePage:
        """Waits until the list has loaded, or says why it has not."""
        look = self._hand.wait_until(
            lambda seen: (
                seen.screen.page == _PAGE
                and (not seen.screen.spinner or bool(self._hand.errors(seen)))
            ),
            timeout=timeout,
        )
        self._messages = self._hand.notices(look) if look else []
        self._loaded = look is not None and not self._messages
        return self

    @property
    def loaded(self) -> bool:
        """The list is shown, with people or without."""
        return self._loaded

    @property
    def problem(self) -> str:
        """What is shown in place of the list; "" when it is there."""
        if self._loaded:
            return ""
        return self._messages[0] if self._messages else "it is still loading"

    def counts(self) -> list[ScreenValue]:
        """The number in the tab, and how many people fit on the screen."""
        (total,) = self._hand.read(_PAGE, {"followers_text": "total"})
        rows = self._hand.count(_PAGE, "row_button")
        return [total, ScreenValue("followers", str(rows), rows, partial=True)]
