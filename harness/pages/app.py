"""The app as a person opens it and walks through it."""

from __future__ import annotations

from harness.pages.hand import Hand
from harness.pages.profile_page import ProfilePage
from harness.pages.ui import Launcher

START_PATIENCE = 30.0
"""Seconds from the tap on the icon to the first page; slow phones take 15."""

_WITH_TABS = ("own_profile", "logged_out_profile", "feed")


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
        if not self.hand.shown("feed", "profile_tab"):
            self.hand.ui.back()
        self.hand.tap("feed", "profile_tab")
        return ProfilePage(self.hand).wait()
