"""`wm size|density`: the display's sizes and their overrides."""

from __future__ import annotations

import re

from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation


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
        case (
            ["user-rotation", *_]
            | ["fixed-to-user-rotation", *_]
            | ["set-ignore-orientation-request", *_]
        ):
            return Reply("lock 0\n" if words == ["user-rotation"] else "")
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)
    return Reply()


COMMANDS = {"wm": program(wm)}
