"""What kind of phone is simulated, its users and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from harness.simphone.contracts.maker import GOOGLE, Maker
from harness.simphone.contracts.users import OtherUser

ROOT_UID = 0
SYSTEM_UID = 1000
SHELL_UID = 2000


@dataclass(frozen=True, slots=True)
class PhoneSpec:
    """What kind of phone is simulated; fixed for its life."""

    name: str
    model: str = "Pixel 8"
    product: str = "shiba"
    manufacturer: str = "Google"
    api: int = 34
    release: str = "14"
    profile: str = "userdebug"  # "userdebug" (adb root allowed) or "retail"
    locale: str = "en-US"
    timezone: str = "Europe/Berlin"
    width: int = 1080
    height: int = 2400
    density: int = 420
    serialno: str = "SIM00000001"
    maker: Maker = GOOGLE
    guards: str = "open"  # "open", "ask" or "closed": the developer options that let adb in
    users: tuple[OtherUser, ...] = ()  # beside the owner


class Clock(Protocol):
    """The phone's own clock; tests and faults may move it."""

    def now(self) -> float:
        """Seconds since the epoch as the phone believes."""
        ...

    @property
    def boot(self) -> float:
        """Another number after each boot."""
        ...

    def uptime(self) -> float:
        """Seconds since boot, never set back."""
        ...
