"""Keeps the display and the phone's conditions (radios, power, lock) the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from harness.simphone.ui.display import PhoneDisplay


class Conditions(Protocol):
    """What Android's services know of the phone and the display shows."""

    airplane: bool
    wifi: bool
    battery_level: int  # per cent
    charging: bool
    locked: bool
    screen_on: bool
    clipboard: str

    def subscribe(self, listener: Callable[[str, object], None]) -> None:
        """Calls listener(attribute, new value) after each change."""
        ...


def link(display: PhoneDisplay, conditions: Conditions) -> None:
    """From now on a change on either side is made on the other.

    The display starts with what `conditions` says.
    """

    def take(_name: str = "", _value: object = None) -> None:
        status, screen = display.status, display.screen
        status.airplane, status.wifi = conditions.airplane, conditions.wifi
        status.battery, status.charging = conditions.battery_level, conditions.charging
        screen.on, screen.locked = conditions.screen_on, conditions.locked
        display.clipboard.put(conditions.clipboard)

    def give_screen() -> None:
        on, locked = display.screen.on, display.screen.locked
        conditions.screen_on = on
        conditions.locked = locked

    def give_clipboard() -> None:
        conditions.clipboard = display.clipboard.text

    take()
    conditions.subscribe(take)
    display.screen.on_change = give_screen
    display.clipboard.on_change = give_clipboard
