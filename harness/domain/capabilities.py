"""What a phone allows and how it stands now, read by one probe."""

from __future__ import annotations

from dataclasses import dataclass, field

CLONE_IDS = frozenset({95, 96, 97, 98, 99, 150, 999, 998})
"""User ids under which makers keep a second copy of an app (android-storage 10, S25)."""

MANAGED, PROFILE = 0x20, 0x1000  # android.content.pm.UserInfo


@dataclass(frozen=True, slots=True)
class PhoneUser:
    """A user of the phone. `kind`: main, work, clone or other; `has_app` None = not known."""

    id: int
    name: str
    kind: str
    running: bool
    has_app: bool | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What stays until the phone restarts. "" and None = the phone did not say."""

    boot_id: str
    package: str = ""  # the app's, "" where it is not installed
    model: str = ""
    manufacturer: str = ""
    api: int = 0
    release: str = ""
    abis: tuple[str, ...] = ()
    build_type: str = ""
    simulated: bool = False
    skin: str = ""  # a maker's own Android, e.g. "MIUI V14", "One UI 60101"
    root: str = ""  # "adb" it runs as root, "adb possible", "su found", "none"
    run_as: bool | None = None  # the app's private folder can be entered without root
    app_folders: str = ""  # Android/data by adb: "readable", "closed", "absent"
    features: tuple[str, ...] = ()  # e.g. android.hardware.telephony
    locale: str = ""
    time_zone: str = ""
    lock: str = ""  # "secure" (PIN, pattern, password), "none or swipe"
    users: tuple[PhoneUser, ...] = ()
    settings: dict[str, str] = field(default_factory=dict[str, str])
    """Settings and properties that stand in the way of tests, by short name."""

    @property
    def rootable(self) -> bool:
        """adb runs as root, or would when asked."""
        return self.root.startswith("adb")

    @property
    def cloned_app(self) -> tuple[int, ...]:
        """Users beside the main one that hold a copy of the app."""
        return tuple(user.id for user in self.users if user.kind == "clone" and user.has_app)


@dataclass(frozen=True, slots=True)
class PhoneNow:
    """How the phone stands at one moment; None = the phone did not say."""

    battery: int | None = None  # percent
    charging: bool | None = None
    free_bytes: int | None = None  # of /data
    total_bytes: int | None = None
    clock_offset: float | None = None  # seconds, phone minus host
    clock_uncertainty: float | None = None
    network: str = ""  # "wifi", "cellular", "vpn" …, "none"
    validated: bool | None = None
    airplane: bool | None = None
    locked: bool | None = None
    screen_on: bool | None = None


def kind_of_user(number: int, flags: int) -> str:
    """main, work, clone or other."""
    if number == 0:
        return "main"
    if flags & MANAGED:
        return "work"
    if number in CLONE_IDS or flags & PROFILE:
        return "clone"
    return "other"
