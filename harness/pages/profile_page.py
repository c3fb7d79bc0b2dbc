"""The Profile tab: the own profile with its counters, or the invitation to log in."""

from __future__ import annotations

from harness.domain.facts.screen import ScreenValue
from harness.pages.hand import Hand
from harness.pages.log_in import LogInPage
from harness.pages.people import PeoplePage

_PAGES = ("own_profile", "logged_out_profile")
_COUNTERS = ("followers", "following", "likes")
_FACTS = {
    "followers": "follower_count",
    "following": "following_count",
    "likes": "likes_count",
}


class ProfilePage:
    """What the Profile tab shows. `wait` first."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._page: str | None = None
        self._messages: list[str] = []

    def wait(self, *, timeout: float = 30.0) -> ProfilePage:
        """Waits for either form of the page, or an error in its place."""
        look = self._hand.wait_for(_PAGES, messages=True, timeout=timeout)
        self._page = look.screen.page if look else None
        self._messages = self._hand.errors(look) if look else []
        return self

    @property
    def logged_in(self) -> bool:
        """The own profile is shown."""
        return self._page == "own_profile"

    @property
    def logged_out(self) -> bool:
        """The invitation to log in is shown."""
        return self._page == "logged_out_profile"

    @property
    def problem(self) -> str:
        """What the page says instead of a profile; "" when it shows one."""
        if self._page in _PAGES:
            return ""
        return self._messages[0] if self._messages else "nothing is shown"

    def open_log_in(self) -> LogInPage:
        """Taps "Log in"."""
        self._hand.tap("logged_out_profile", "log_in")
        return LogInPage(self._hand)

    def counters(self) -> list[ScreenValue]:
        """followers, following, likes and the handle as the screen shows them now."""
        names = {f"{name}_count": _FACTS[name] for name in _COUNTERS}
        return [*self._hand.read("own_profile", names), self._handle()]

    def open_followers(self) -> PeoplePage:
        """Taps the counter. Raises AssertionError when the tap leads nowhere."""
        return PeoplePage.behind(self._hand, "own_profile", "followers_label")

    def _handle(self) -> ScreenValue:
        """Only whether there is one: the name itself is not written down."""
        if not self._hand.shown("own_profile", "handle"):
            return ScreenValue("handle", "", None)  # our locator, not a name that is gone
        text = self._hand.read("own_profile", {"handle": "handle"})[0].text
        there = bool(text.strip("@ \u200e\u200f"))
        return ScreenValue("handle", "@…" if there else "@", None if there else "")

    def log_out(self) -> None:
        """Menu → Settings and privacy → Log out → Log out."""
        self._hand.tap("own_profile", "menu")
        self._hand.tap("own_profile", "settings_entry")
        self._hand.tap("settings", "log_out")
        self._hand.tap("settings", "confirm_log_out")
        self._hand.wait_for(("logged_out_profile", "feed", "log_in_sheet"), timeout=20.0)
