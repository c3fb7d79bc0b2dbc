"""Accounts in Android's settings, and which packages can hold some.

One Google account is on the phone: it is the one that Google's One Tap offers. The
simulated TikTok keeps its log-in in its own files and has no authenticator, so a
log-in there is no account here.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.android.parts import AndroidPhone

_GMS = "com.google.android.gms"


@dataclass(frozen=True, slots=True)
class Account:
    """As `AccountManager` knows it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Authenticator:
    """A service that holds accounts of one type."""

    type: str
    package: str
    service: str


GOOGLE = Account("qa.one@gmail.com", "com.google")
AUTHENTICATORS = (
    Authenticator(
        GOOGLE.type, _GMS, f"{_GMS}.auth.account.authenticator.GoogleAccountAuthenticatorService"
    ),
)


def accounts_of(phone: AndroidPhone, user: int) -> tuple[Account, ...]:
    """The owner's; the other users of a simulated phone have none."""
    return phone.activities.state.accounts if user == 0 else ()
