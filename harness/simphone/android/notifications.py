"""The notifications that are shown just now, and who may post one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

ASKED_SINCE = 33
"""API level from which an app needs POST_NOTIFICATIONS."""
PERMISSION = "android.permission.POST_NOTIFICATIONS"


@dataclass(frozen=True, slots=True)
class Notification:
    """`number` is what the API calls its id; `when` in seconds of the phone's clock."""

    package: str
    number: int
    title: str
    text: str
    when: float
    tag: str | None = None
    channel: str = "miscellaneous"
    service: bool = False  # of a foreground service: it cannot be swiped away

    def key(self, uid: int) -> str:
        """As Android names it for listeners: user, package, id, tag, uid."""
        tag = "null" if self.tag is None else self.tag
        return f"0|{self.package}|{self.number}|{tag}|{uid}"


class Notifications:
    """One phone's. An app's own stay when its process ends, a service's go with the service."""

    def __init__(self) -> None:
        self._posted: list[Notification] = []  # newest first
        self._listeners: list[Callable[[], None]] = []

    def all(self) -> tuple[Notification, ...]:
        return tuple(self._posted)

    def post(self, new: Notification) -> None:
        """Shows it; one of the same package, tag and number is replaced."""
        same = (new.package, new.tag, new.number)
        kept = [old for old in self._posted if (old.package, old.tag, old.number) != same]
        self._set([new, *kept])

    def cancel(self, package: str, *, service: bool | None = None) -> None:
        """Takes a package's away; with `service` only those that are, or are not, a service's."""
        self._set(
            [n for n in self._posted if n.package != package or service not in (None, n.service)]
        )

    def clear(self) -> None:
        """The phone boots again."""
        self._set([])

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Calls it after each change."""
        self._listeners.append(listener)

    def _set(self, posted: list[Notification]) -> None:
        changed, self._posted = posted != self._posted, posted
        for listener in self._listeners if changed else ():
            listener()


def may_post(phone: AndroidPhone, package: str) -> bool:
    """Whether Android shows what this package posts."""
    found = phone.packages.get(package)
    if found is None:
        return False
    return found.system or phone.spec.api < ASKED_SINCE or PERMISSION in found.granted


def post(phone: AndroidPhone, notification: Notification) -> bool:
    """Posts it where the package may; whether it did."""
    allowed = may_post(phone, notification.package)
    if allowed:
        phone.activities.state.notifications.post(notification)
    return allowed
