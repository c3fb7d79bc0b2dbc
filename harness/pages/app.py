"""The app as a person opens it and walks through it."""

from __future__ import annotations

from harness.pages.content import DRAFTS, OFFLINE_VIDEOS, OPENING, ContentPage
from harness.pages.hand import Hand
from harness.pages.profile_page import ProfilePage
from harness.pages.ui import Launcher

START_PATIENCE = 30.0
"""Seconds from the tap on the icon to the first page; slow phones take 15."""

_WITH_TABS = ("own_profile", "logged_out_profile", "feed")
_BACK = 1.5
"""Seconds until the page before is shown."""

_DEEPEST = 4
"""Pages from anywhere in the app back to one with the tabs."""


class App:
    """The app on one phone."""

    def __init__(self, hand: Hand, launcher: Launcher) -> None:
        self.hand = hand
        self._launcher = launcher

    def open(self) -> None:
        """Starts the app anew and waits for its first page.

        A start picture alone is "launching", not a crash. Raises AssertionError when no
        page comes.
        """
        self._launcher.stop()
        self._launcher.start()
        look = self.hand.wait_for(self.hand.sight.book.pages, timeout=START_PATIENCE)
        title = self.hand.sight.profile.title
        assert look is not None, f"{title} shows no page {START_PATIENCE:.0f} s after its start"  # noqa: S101 - a claim about the product, as in a test

    def profile(self) -> ProfilePage:
        """Goes to the Profile tab and waits until it shows who is logged in, or nobody."""
        for _ in range(_DEEPEST):
            if self.hand.shown("feed", "profile_tab"):
                break
            self.hand.ui.back()
            self.hand.wait_for(_WITH_TABS, timeout=_BACK)
        self.hand.tap("feed", "profile_tab")
        return ProfilePage(self.hand).wait()

    def offline_videos(self) -> ContentPage:
        """Profile → menu → Settings and privacy → Offline videos; works without network.

        Raises AssertionError when the row opens nothing.
        """
        self._open_settings()
        for _ in range(2):
            self.hand.tap("settings", "offline_videos")
            if self.hand.wait_for((OFFLINE_VIDEOS.page,), timeout=OPENING) is not None:
                return ContentPage(self.hand, OFFLINE_VIDEOS)
        raise AssertionError("a tap on 'Offline videos' opens nothing")

    def drafts(self) -> ContentPage | None:
        """Profile → the tile of the drafts; None when there is none: no drafts.

        Raises AssertionError when the tile opens nothing.
        """
        self.profile()
        if not self.hand.shown("own_profile", "drafts_tile"):
            return None
        for _ in range(2):
            self.hand.tap("own_profile", "drafts_tile")
            if self.hand.wait_for((DRAFTS.page,), timeout=OPENING) is not None:
                return ContentPage(self.hand, DRAFTS)
        raise AssertionError("a tap on the drafts opens nothing")

    def _open_settings(self) -> None:
        self.profile()
        self.hand.tap("own_profile", "menu")
        self.hand.tap("own_profile", "settings_entry")
        self.hand.find("settings", "offline_videos")
