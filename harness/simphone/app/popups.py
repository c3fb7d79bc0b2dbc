"""What comes between a person and the app: first-run pages, cards, questions of the system.

Which ones there are, and their English words, is from public automation notes of 2020
to 2026 (ChromiumOS tast test, taktik-bot) where `source` says so; how they look and
when they come is this simulator's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """How a popup lies over the app."""

    CARD = "card"  # in the middle of a darkened screen
    SHEET = "sheet"  # from the bottom
    BANNER = "banner"  # a strip above the bottom tabs; the rest stays in reach
    PAGE = "page"  # instead of the app's page
    PERMISSION = "permission"  # Android's own question
    CHOOSER = "chooser"  # Android's own "Open with"
    SYSTEM = "system"  # another program's sheet, over the app (`ui/system_sheets`)


@dataclass(frozen=True, slots=True)
class Popup:
    """One popup. Texts are keys of the app's labels.

    `answers`: buttons, the one that puts it off last; none = a Close icon alone.
    `permission`: what a question of the system is about. `party` and `outcome`: the
    truth for a scenario that meets it.
    """

    name: str
    shape: Shape
    title: str = ""
    about: str = ""
    answers: tuple[str, ...] = ()
    close: bool = False
    permission: str = ""
    party: str = "none"
    outcome: str = "passed"
    source: str = ""


_TAST, _TAKTIK = "ChromiumOS tast test (2020)", "taktik-bot (2026)"
_NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"
_CONTACTS = "android.permission.READ_CONTACTS"

_ROWS = (
    Popup("notifications", Shape.PERMISSION, permission=_NOTIFICATIONS, source=_TAKTIK),
    Popup("contacts-permission", Shape.PERMISSION, permission=_CONTACTS, source=_TAKTIK),
    Popup("interests", Shape.PAGE, "interests", "interests_about", ("next", "skip"), source=_TAST),
    Popup("start-watching", Shape.PAGE, "swipe_up", "", ("start_watching",), source=_TAST),
    Popup(
        "sign-up",
        Shape.SHEET,
        "sign_up",
        "sign_up_about",
        ("use_phone", "with_google", "have_account"),
        close=True,
        source=_TAST,
    ),
    Popup(
        "save-login",
        Shape.CARD,
        "save_login_ask",
        "save_login_about",
        ("save", "not_now"),
        source=_TAKTIK,
    ),
    Popup(
        "follow-friends",
        Shape.CARD,
        "friends_ask",
        "friends_about",
        ("find_friends", "not_now"),
        source=_TAKTIK,
    ),
    Popup(
        "contacts",
        Shape.CARD,
        "contacts_ask",
        "contacts_about",
        ("sync_contacts", "not_now"),
        source=_TAKTIK,
    ),
    Popup(
        "link-email",
        Shape.CARD,
        "email_ask",
        "email_about",
        ("link_email", "not_now"),
        source=_TAKTIK,
    ),
    Popup(
        "collections",
        Shape.SHEET,
        "collections_ask",
        "collections_about",
        ("create_collection",),
        close=True,
        source=_TAKTIK,
    ),
    Popup(
        "update-offered",
        Shape.CARD,
        "update_offered",
        "update_offered_about",
        ("update_button", "later"),
        source="taktik-bot, dump of 43.1.4",
    ),
    Popup(
        "survey",
        Shape.BANNER,
        "survey",
        "",
        ("survey_good", "survey_bad"),
        close=True,
        source=_TAKTIK,
    ),
    Popup("open-with", Shape.CHOOSER, source="public script"),
    Popup("one-tap", Shape.SYSTEM, source=_TAST),
    Popup("passkey", Shape.SYSTEM, source="Android's Credential Manager"),
    Popup("biometric", Shape.SYSTEM, source="AOSP's BiometricPrompt"),
    Popup("save-password", Shape.SYSTEM, source="AOSP's autofill SaveUi"),
    Popup(
        "birthday",
        Shape.PAGE,
        "birthday",
        party="account",
        outcome="blocked",
        source=_TAST,
    ),
    Popup(
        "unknown",
        Shape.CARD,
        "news",
        "news_about",
        ("news_open",),
        party="harness",
        outcome="inconclusive",
        source="made up: one that no locator data know",
    ),
)

POPUPS: Mapping[str, Popup] = {row.name: row for row in _ROWS}
"""All popups that can be switched on, by name."""

SERVICE = Popup("service", Shape.CARD, source="the service's settings answer")
"""A card whose words the service sends (`ServicePopup` of the app's state)."""


def popup_named(name: str) -> Popup:
    """The popup; raises KeyError for an unknown name."""
    return SERVICE if name == SERVICE.name else POPUPS[name]


FIRST_START = ("notifications", "interests", "start-watching", "sign-up")
"""What a new installation shows before its first page, in this order."""

FIRST_LOG_IN = ("save-login", "follow-friends")
"""What it shows after its first log-in."""
