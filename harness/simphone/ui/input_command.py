"""`input`: taps, swipes, keys and text from the shell.

Source: AOSP, com.android.server.input.InputShellCommand.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from harness.simphone.android.adb_guards import refusal
from harness.simphone.contracts import Display, Invocation
from harness.simphone.ui.keycodes import keycode

_SOURCES = {
    "dpad",
    "gamepad",
    "joystick",
    "keyboard",
    "mouse",
    "rotaryencoder",
    "stylus",
    "touchnavigation",
    "touchpad",
    "touchscreen",
    "trackball",
}
_FAILED = 255  # the shell command returns -1
_SWIPE_MS = 300.0
_PROGRAM_UNTIL = 30
_SINCE = {"motionevent": 29, "keycombination": 31}
"""API levels of commands that came later than the others."""
_HEAD = "\nException occurred while executing 'input':\n"
_down: WeakKeyDictionary[Display, tuple[int, int]] = WeakKeyDictionary()
"""Where a finger went down and still is, by display."""
_USAGE = b"""Usage: input [<source>] [-d DISPLAY_ID] <command> [<arg>...]

The commands and default sources are:
      text <string> (Default: keyboard)
      keyevent [--longpress|--doubletap|--async] <key code number or name> ... (Default: keyboard)
      tap <x> <y> (Default: touchscreen)
      swipe <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)
      draganddrop <x1> <y1> <x2> <y2> [duration(ms)] (Default: touchscreen)
      press (Default: trackball)
      roll <dx> <dy> (Default: trackball)
      motionevent <DOWN|UP|MOVE|CANCEL> <x> <y> (Default: touchscreen)
      keycombination <key code 1> <key code 2> ... (Default: keyboard)
"""


async def input_command(invocation: Invocation) -> int:
    """Runs one `input` command; 255 with a message when Android would refuse it."""
    words = list(invocation.argv[1:])
    if words and words[0] in _SOURCES:
        words.pop(0)
    if words[:1] == ["-d"]:
        del words[:2]
    if not words:
        await invocation.stdout.write(_USAGE)
        return _FAILED
    name, *arguments = words
    held_back = refusal(invocation.phone, "input", invocation.uid)
    if held_back is not None:
        return await _exception(invocation, held_back)
    try:
        late = invocation.phone.spec.api < _SINCE.get(name, 0)
        known = not late and await _run(invocation.phone.display, name, arguments)
    except ValueError as error:
        problem = f"Error: Invalid arguments for command: {name} ({error})\n"
        await invocation.stderr.write(problem.encode() + _USAGE)
        return _FAILED
    if not known:
        await invocation.stderr.write(f"Error: Unknown command: {name}\n".encode() + _USAGE)
        return _FAILED
    return 0


async def _exception(invocation: Invocation, words: str) -> int:
    """As a Java program that runs in `app_process` ends (up to API 30), or the shell command."""
    head = "" if invocation.phone.spec.api <= _PROGRAM_UNTIL else _HEAD
    text = f"{head}java.lang.SecurityException: {words}\n"
    await invocation.stderr.write(text.encode())
    return 137 if not head else _FAILED


async def _run(display: Display, name: str, arguments: list[str]) -> bool:
    """False for an unknown command. Raises ValueError for arguments that do not fit."""
    if name == "text":
        (text,) = arguments
        await display.type_text(text.replace("%s", " "))
    elif name == "keyevent":
        await _keys(display, arguments)
    elif name == "tap":
        x, y = (round(float(number)) for number in arguments)
        await display.tap(x, y)
    elif name in ("swipe", "draganddrop"):
        numbers = [float(number) for number in arguments]
        if len(numbers) not in (4, 5):
            raise ValueError("four or five numbers are needed")
        x1, y1, x2, y2 = (round(number) for number in numbers[:4])
        duration = numbers[4] if len(numbers) == 5 else _SWIPE_MS
        await display.swipe(x1, y1, x2, y2, duration / 1000)
    elif name == "motionevent":
        await _motion(display, arguments)
    elif name == "keycombination":
        await _keys(display, arguments)
    else:
        return name in ("press", "roll")  # a trackball, which no such phone has
    return True


async def _motion(display: Display, arguments: list[str]) -> None:
    """`DOWN|MOVE|UP|CANCEL x y`: the finger's way counts when it is lifted."""
    kind, x, y = arguments
    place = (round(float(x)), round(float(y)))
    if kind.upper() not in ("DOWN", "MOVE", "UP", "CANCEL"):
        raise ValueError(f"unknown action {kind}")
    if kind.upper() == "DOWN":
        _down[display] = place
    elif kind.upper() == "UP":
        await display.swipe(*_down.pop(display, place), *place, 0.0)
    elif kind.upper() == "CANCEL":
        _down.pop(display, None)


async def _keys(display: Display, arguments: list[str]) -> None:
    names = [word for word in arguments if not word.startswith("--")]
    codes = [keycode(word) for word in names]
    if not codes or None in codes:
        raise ValueError("Argument must be the code or the name of a key")
    for code in codes:
        if code is not None:
            await display.key(code)
