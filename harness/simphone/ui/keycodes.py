"""Android's key codes: those that `input keyevent` and Appium send.

Source: android.view.KeyEvent.
"""

from __future__ import annotations

import string

HOME, BACK, POWER, MENU, ENTER, DEL, TAB, SPACE = 3, 4, 26, 82, 66, 67, 61, 62
ESCAPE, SLEEP, WAKEUP, NUMPAD_ENTER = 111, 223, 224, 160

_NAMES: dict[str, int] = {
    "SOFT_LEFT": 1,
    "HOME": HOME,
    "BACK": BACK,
    "CALL": 5,
    "ENDCALL": 6,
    "DPAD_UP": 19,
    "DPAD_DOWN": 20,
    "DPAD_LEFT": 21,
    "DPAD_RIGHT": 22,
    "DPAD_CENTER": 23,
    "VOLUME_UP": 24,
    "VOLUME_DOWN": 25,
    "POWER": POWER,
    "CAMERA": 27,
    "CLEAR": 28,
    "COMMA": 55,
    "PERIOD": 56,
    "TAB": TAB,
    "SPACE": SPACE,
    "ENTER": ENTER,
    "DEL": DEL,
    "MINUS": 69,
    "EQUALS": 70,
    "SEMICOLON": 74,
    "APOSTROPHE": 75,
    "SLASH": 76,
    "AT": 77,
    "PLUS": 81,
    "MENU": MENU,
    "SEARCH": 84,
    "MEDIA_PLAY_PAUSE": 85,
    "PAGE_UP": 92,
    "PAGE_DOWN": 93,
    "ESCAPE": ESCAPE,
    "FORWARD_DEL": 112,
    "MOVE_HOME": 122,
    "MOVE_END": 123,
    "NUMPAD_ENTER": NUMPAD_ENTER,
    "VOLUME_MUTE": 164,
    "APP_SWITCH": 187,
    "SLEEP": SLEEP,
    "WAKEUP": WAKEUP,
    **{digit: 7 + number for number, digit in enumerate(string.digits)},
    **{letter: 29 + number for number, letter in enumerate(string.ascii_uppercase)},
}

_PUNCTUATION = {
    SPACE: " ",
    55: ",",
    56: ".",
    69: "-",
    70: "=",
    74: ";",
    75: "'",
    76: "/",
    77: "@",
    81: "+",
}


def keycode(name: str) -> int | None:
    """The code of "4", "BACK" or "KEYCODE_BACK"; None for what Android does not know."""
    if name.isdecimal():
        return int(name)
    return _NAMES.get(name.removeprefix("KEYCODE_"))


def character(code: int) -> str | None:
    """What the key types without a modifier, None for keys that type nothing."""
    if 7 <= code <= 16:
        return str(code - 7)
    if 29 <= code <= 54:
        return string.ascii_lowercase[code - 29]
    return _PUNCTUATION.get(code)
