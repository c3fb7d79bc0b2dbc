"""What is in front on a phone, by one question over adb.

Appium answers the same by two commands that start an adb program each.
"""

from __future__ import annotations

from harness.adapters.adb.text.window import read_focus, read_focused_app
from harness.ports import DeviceControl

_LINES = "grep -E 'mCurrentFocus=|mFocusedApp='"
COMMAND = f"dumpsys window displays | {_LINES} || dumpsys window windows | {_LINES}"
"""Up to API 28 the focus stands with the windows, afterwards with the displays."""


def front_activity(phone: DeviceControl) -> tuple[str, str] | None:
    """(package, activity) with the focus; where a window without an activity has it, the app
    below. None while nothing has. Raises InstrumentError("adb", …)."""
    text = phone.shell(COMMAND).stdout
    return read_focus(text) or read_focused_app(text)
