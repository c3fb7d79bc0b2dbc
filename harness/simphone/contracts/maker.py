"""What one maker's phones have of their own, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ShippedApp:
    """A package of the phone's image that other makers' phones do not have."""

    name: str
    uid: int
    version_code: int
    version_name: str
    folder: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class AdbGuard:
    """Something that shell may not do until a developer option allows it.

    `option` is what the settings call it; `switch` the property that is "1" then, "" where
    the phone tells it nowhere. `words` is what Android's exception says, where
    {injection} is its sentence about input events.
    """

    option: str
    switch: str
    words: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker's habits. In `properties` {api}, {release} and {model} are filled in."""

    name: str
    manufacturer: str
    brand: str
    models: Mapping[str, tuple[str, str]]  # profile -> model, product
    home: tuple[str, str, str]  # package, activity, label
    keyboard: str  # the input method's component
    keyboard_label: str
    shipped: tuple[ShippedApp, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict[str, str])
    settings: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    guards: Mapping[str, AdbGuard] = field(default_factory=dict[str, AdbGuard])
    """By what is refused: "input", "grant", "settings", "clear", "install"."""
    install_question: tuple[str, str] | None = None
    """Package and activity of the dialog that asks before an installation over adb."""
    console: bool = False
    """An emulator: adb knows it as emulator-N, and N is the port of its console."""
    clone_user: int | None = None
    """The number of the user that holds second copies of apps; None = the next free one."""
    battery_tail: str = ""
    """What `dumpsys battery` has behind Android's own lines."""


GOOGLE = Maker(
    name="google",
    manufacturer="Google",
    brand="google",
    models={"userdebug": ("Pixel 8", "shiba"), "retail": ("Pixel 7a", "lynx")},
    home=(
        "com.google.android.apps.nexuslauncher",
        "com.google.android.apps.nexuslauncher.NexusLauncherActivity",
        "Pixel Launcher",
    ),
    keyboard="com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME",
    keyboard_label="Gboard",
)
