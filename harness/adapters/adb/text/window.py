"""`dumpsys window` and `dumpsys power`: focus, lock, screen (simulated-phone section 7)."""

from __future__ import annotations

import re

_FOCUS = re.compile(r"mCurrentFocus=Window\{\S+ u\d+ ([\w.]+)/([\w.$]+)\}")
_FOCUSED_APP = re.compile(r"mFocusedApp=.*?ActivityRecord\{\S+ u\d+ ([\w.]+)/([\w.$]+)")
_LOCK = re.compile(
    r"mShowingLockscreen=true|mDreamingLockscreen=true|isStatusBarKeyguard=true"
    r"|KeyguardShowing=true|mKeyguardShowing=true|\bmIsShowing=true"
)
_KEYGUARD_FOCUS = re.compile(r"mCurrentFocus=.*(Keyguard|StatusBar\}|NotificationShade)")
_WAKE = re.compile(r"mWakefulness=(\w+)")


def read_focus(text: str) -> tuple[str, str] | None:
    """(package, activity) of the focused window; None when the focus is no activity."""
    return _named(_FOCUS.search(text))


def read_focused_app(text: str) -> tuple[str, str] | None:
    """(package, activity) that gets the focus back, e.g. below a system dialog."""
    return _named(_FOCUSED_APP.search(text))


def _named(found: re.Match[str] | None) -> tuple[str, str] | None:
    if found is None:
        return None
    package, activity = found[1], found[2]
    return package, f"{package}{activity}" if activity.startswith(".") else activity


def read_locked(window: str) -> bool | None:
    """The lock screen stands in front; None when the dump says nothing."""
    if _LOCK.search(window) or _KEYGUARD_FOCUS.search(window):
        return True
    return False if "mCurrentFocus=" in window else None


def read_screen_on(power: str) -> bool | None:
    """The phone is awake."""
    found = _WAKE.search(power)
    return None if found is None else found[1] == "Awake"
