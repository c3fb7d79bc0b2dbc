"""`wm size|density`: the display's sizes and their overrides."""

from __future__ import annotations

import re

from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation

FREE, ROTATION = "accelerometer_rotation", "user_rotation"
OVERSCAN_UNTIL = 29
USAGE = """Window manager (window) commands:
  help
      Print this help text.
  size [reset|WxH|WdpxHdp] [-d DISPLAY_ID]
  density [reset|DENSITY] [-d DISPLAY_ID]
  user-rotation [-d DISPLAY_ID] [free|lock] [rotation]
  fixed-to-user-rotation [-d DISPLAY_ID] [enabled|disabled|default]
  dismiss-keyguard
  reset [-d DISPLAY_ID]
"""


def _rotation(inv: Invocation, words: list[str]) -> Reply:
    """Locked or free, as the settings have it; the simulated screen itself stays upright."""
    settings = inv.phone.settings
    match words:
        case ["free"]:
            settings.put("system", FREE, "1")
        case ["lock", *rest]:
            settings.put("system", FREE, "0")
            settings.put("system", ROTATION, rest[0] if rest else "0")
        case _ if settings.get("system", FREE) == "1":
            return Reply("free\n")
        case _:
            return Reply(f"lock {settings.get('system', ROTATION) or '0'}\n")
    return Reply()


def wm(inv: Invocation) -> Reply:
    """One call (also `cmd window`). An override is kept and told, but nothing is laid out anew."""
    words = arguments(inv.argv[1:], {"-d", "--user"}).rest
    state, spec = android(inv.phone).activities.state, inv.phone.spec
    match words:
        case ["size"]:
            text = f"Physical size: {spec.width}x{spec.height}\n"
            over = f"Override size: {state.size[0]}x{state.size[1]}\n" if state.size else ""
            return Reply(text + over)
        case ["size", "reset"]:
            state.size = None
        case ["size", value] if re.fullmatch(r"\d+x\d+", value):
            width, _, height = value.partition("x")
            state.size = (int(width), int(height))
        case ["density"]:
            over = f"Override density: {state.density}\n" if state.density else ""
            return Reply(f"Physical density: {spec.density}\n{over}")
        case ["density", "reset"]:
            state.density = None
        case ["density", value] if value.isdigit():
            state.density = int(value)
        case ["dismiss-keyguard"]:
            android(inv.phone).conditions.locked = False
        case ["user-rotation", *rest]:
            return _rotation(inv, rest)
        case (
            ["fixed-to-user-rotation", *_]
            | ["set-fix-to-user-rotation", *_]
            | ["set-ignore-orientation-request", *_]
            | ["tracing" | "logging", *_]
        ):
            return Reply()
        case ["reset"]:
            state.size = state.density = None
        case ["overscan", _] if spec.api <= OVERSCAN_UNTIL:
            return Reply()
        case ["help"] | []:
            return Reply(USAGE)
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)
    return Reply()


COMMANDS = {"wm": program(wm)}
