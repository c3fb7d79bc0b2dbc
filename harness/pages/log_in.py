"""The log-in path: the sheet of ways, the form with its tabs, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.secret import Secret
from harness.pages.hand import Hand

_INSIDE = ("own_profile", "feed")


@dataclass(frozen=True, slots=True)
class LogInOutcome:
    """`message`: what the app says when it did not let the person in."""

    logged_in: bool
    message: str = ""


class LogInPage:
    """From "Log in" to the profile."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._before: frozenset[str] = frozenset()

    def use_phone_email_username(self) -> None:
        """Chooses the way with a password."""
        self._hand.tap("log_in_sheet", "use_phone_email_username")

    def choose_username_tab(self) -> None:
        """The second tab: e-mail or user name."""
        self._hand.tap("log_in_form", "username_tab")
        self._hand.find("log_in_form", "password")

    def type_user(self, user: Secret) -> None:
        """Types the user name; it is kept out of the logs as well."""
        self._hand.type("log_in_form", "username", user)

    def type_password(self, password: Secret) -> None:
        """Types the password."""
        self._hand.type("log_in_form", "password", password)

    def submit(self) -> None:
        """Taps "Log in"; after this the account's one try is spent."""
        self._hand.ui.hide_keyboard()
        self._before = frozenset(message.id for message in self._hand.look().screen.messages)
        self._hand.tap("log_in_form", "submit", once=True)

    def outcome(self, *, timeout: float = 45.0) -> LogInOutcome:
        """Waits for the profile, an error message, or nothing; a gate raises BlockedError."""
        look = self._hand.wait_for(_INSIDE, messages=True, ignore=self._before, timeout=timeout)
        if look is None:
            return LogInOutcome(logged_in=False, message=f"nothing happened within {timeout:.0f} s")
        if look.screen.page in _INSIDE:
            return LogInOutcome(logged_in=True)
        return LogInOutcome(logged_in=False, message=self._hand.errors(look, self._before)[0])
