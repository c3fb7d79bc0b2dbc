"""What some makers' phones refuse to adb until a developer option allows it.

Only shell is held back: root, apps and a person at the phone are not.
"""

from __future__ import annotations

from harness.simphone.android.program import Reply
from harness.simphone.contracts import SHELL_UID, PhoneParts

OPEN, ASK, CLOSED = "open", "ask", "closed"
STATES = (OPEN, ASK, CLOSED)
"""All options on; installations ask; all options off."""
_NEW_WORDS_SINCE = 33
_OLD_WORDS = "Injecting to another application requires INJECT_EVENTS permission"
_NEW_WORDS = (
    "Injecting input events requires the caller (or the source of the instrumentation, if any)"
    " to have the INJECT_EVENTS permission."
)


def refusal(phone: PhoneParts, what: str, uid: int = SHELL_UID) -> str | None:
    """What the exception says when `uid` may not do `what`; None when it may."""
    guard = phone.spec.maker.guards.get(what)
    if guard is None or uid != SHELL_UID:
        return None
    closed = phone.spec.guards == CLOSED
    if guard.switch:
        closed = phone.properties.get(guard.switch) == "0"
    if not closed:
        return None
    injection = _NEW_WORDS if phone.spec.api >= _NEW_WORDS_SINCE else _OLD_WORDS
    return guard.words.format(injection=injection)


def switches(phone_guards: str, names: set[str]) -> dict[str, str]:
    """The options' properties as the phone starts."""
    return dict.fromkeys(sorted(names), "0" if phone_guards == CLOSED else "1")


def security_exception(verb: str, words: str) -> Reply:
    """As a `cmd` service prints it."""
    text = f"\nException occurred while executing '{verb}':\njava.lang.SecurityException: {words}\n"
    return Reply(err=text, code=255)
