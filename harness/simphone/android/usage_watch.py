"""Tells the usage log what comes to the front and what becomes of the screen."""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.tasks import tasks
from harness.simphone.android.usage import Front

SCREEN_EVENTS = {
    ("screen_on", True): "SCREEN_INTERACTIVE",
    ("screen_on", False): "SCREEN_NON_INTERACTIVE",
    ("locked", True): "KEYGUARD_SHOWN",
    ("locked", False): "KEYGUARD_HIDDEN",
}


def look(phone: AndroidPhone) -> None:
    """Notes which activity is in front just now."""
    conditions = phone.conditions
    top = tasks(phone)[0] if conditions.screen_on and not conditions.locked else None
    front = None if top is None else Front(top.package, top.activity, top.token)
    phone.activities.state.usage.look(front, phone.clock.now(), phone.clock.uptime())


def follow(phone: AndroidPhone) -> None:
    """From now on the screen's changes are noted; windows call `look` themselves."""

    def changed(name: str, value: object) -> None:
        kind = SCREEN_EVENTS.get((name, bool(value))) if name in ("screen_on", "locked") else None
        if kind is not None:
            phone.activities.state.usage.note(kind, phone.clock.now())
            look(phone)

    phone.conditions.subscribe(changed)
