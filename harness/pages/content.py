"""Lists of content that works without network, and what opens behind their entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.domain.facts.storage import ContentOpened
from harness.pages.hand import Hand, Look

OPENING = 5.0
"""Seconds from a tap to what it opens; nothing has to be loaded from anywhere."""

MOVING = 6.0
"""Seconds within which the bar of a video that plays has moved."""

_LEADING = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ContentScreens:
    """Where a kind of content is shown: names of pages and elements of the locator data."""

    content: str
    page: str
    entry: str
    total: str | None  # element whose text begins with the number of entries
    opened: str  # page of one entry
    works: str  # element of `opened` that only a working entry shows
    progress: str | None = None  # element whose text changes while it plays


OFFLINE_VIDEOS = ContentScreens(
    "offline_video", "offline_videos", "tile", "total", "offline_player", "surface", "progress"
)
DRAFTS = ContentScreens("draft", "drafts", "row", None, "draft_editor", "post")


class ContentPage:
    """One list, open on the screen."""

    def __init__(self, hand: Hand, screens: ContentScreens) -> None:
        self._hand = hand
        self._screens = screens

    @property
    def content(self) -> str:
        """Name of the kind in the profile."""
        return self._screens.content

    def listed(self) -> int:
        """How many entries there are, by the page's own count or by what the screen shows."""
        screens = self._screens
        shown = self._hand.count(screens.page, screens.entry)
        if shown and screens.total and self._hand.shown(screens.page, screens.total):
            text = self._hand.read(screens.page, {screens.total: screens.content})[0].text
            told = _LEADING.match(text)
            return max(shown, int(told[0])) if told else shown
        return shown

    def on_screen(self) -> int:
        """How many entries can be tapped without scrolling."""
        return self._hand.count(self._screens.page, self._screens.entry)

    def texts(self) -> tuple[str, ...]:
        """Ids of the known texts beside the list."""
        return tuple(message.id for message in self._hand.look().screen.messages)

    def open(self, ordinal: int, count: int) -> ContentOpened:
        """Opens an entry, sees whether it works, and comes back to the list."""
        screens = self._screens
        self._hand.tap(screens.page, screens.entry, ordinal=ordinal)
        look = self._hand.wait_for((screens.opened,), timeout=OPENING)
        if look is None:
            return ContentOpened(self.content, ordinal, count, "no_reaction")
        said = _says_no(self._hand, look)
        works = said is None and self._works()
        result = "plays" if works else "does_not_play"
        self._hand.ui.back()
        self._hand.wait_for((screens.page,), timeout=OPENING)
        return ContentOpened(self.content, ordinal, count, result, said)

    def _works(self) -> bool:
        screens, hand = self._screens, self._hand
        if not hand.shown(screens.opened, screens.works):
            return False
        if screens.progress is None or not hand.shown(screens.opened, screens.progress):
            return True
        first = hand.read(screens.opened, {screens.progress: "position"})[0].text
        progress = screens.progress

        def moved(_look: Look) -> bool:
            return hand.read(screens.opened, {progress: "position"})[0].text != first

        return hand.wait_until(moved, timeout=MOVING) is not None


def _says_no(hand: Hand, look: Look) -> str | None:
    """Id of the error text in the place of the content."""
    kinds = {meaning.id: meaning.hint for meaning in hand.sight.profile.texts}
    return next((said.id for said in look.screen.messages if kinds[said.id] == "cannot_open"), None)
