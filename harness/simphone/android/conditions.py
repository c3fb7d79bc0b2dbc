"""How the phone is just now: radios, power, screen. Faults and `svc` change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Listener = Callable[[str, object], None]


@dataclass
class Conditions:
    """Shared as `phone.conditions`; each change is told to the listeners.

    `wifi` and `mobile_data` are what the radios really do: in airplane mode
    both are off until somebody switches Wi-Fi on again.
    """

    airplane: bool = False
    wifi: bool = True
    mobile_data: bool = True
    validated: bool = True  # the active network passed Android's own check
    captive_portal: bool = False
    bluetooth: bool = True
    battery_level: int = 87  # percent
    charging: bool = True
    locked: bool = False
    screen_on: bool = True
    clipboard: str = ""
    _listeners: list[Listener] = field(default_factory=list["Listener"], repr=False)

    def __setattr__(self, name: str, value: object) -> None:
        changed = getattr(self, name, None) != value
        object.__setattr__(self, name, value)
        if changed and not name.startswith("_"):
            for listener in getattr(self, "_listeners", ()):
                listener(name, value)

    def subscribe(self, listener: Listener) -> None:
        """Calls listener(attribute, new value) after each change."""
        self._listeners.append(listener)

    @property
    def online(self) -> bool:
        """Whether any network is joined (it may still lead nowhere)."""
        return self.wifi or (self.mobile_data and not self.airplane)
