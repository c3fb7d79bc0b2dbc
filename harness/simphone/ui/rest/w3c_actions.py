"""The W3C's actions: fingers and keys as sequences of ticks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from harness.simphone.ui.keycodes import DEL, ENTER, TAB
from harness.simphone.ui.rest.call import Call, Routes
from harness.simphone.ui.rest.elements import element_id
from harness.simphone.ui.rest.errors import invalid_argument

_KEYS = {"\ue003": DEL, "\ue004": TAB, "\ue006": ENTER, "\ue007": ENTER, "\n": ENTER}
_LONGEST = 10.0  # seconds that one pause may take here


@dataclass(slots=True)
class _Finger:
    """Where the finger is, and where and since when it is down."""

    x: int = 0
    y: int = 0
    down_at: tuple[int, int] | None = None
    seconds: float = 0.0


async def perform(call: Call) -> None:
    """Runs the sources one after the other (one finger, or keys; two fingers do not pinch)."""
    sources = call.body.get("actions")
    if not isinstance(sources, list):
        raise invalid_argument("'actions' must be a list")
    for source in sources:
        kind = source.get("type") if isinstance(source, dict) else None
        if kind == "pointer":
            await _move_finger(call, _steps(source))
        elif kind == "key":
            await _press_keys(call, _steps(source))
        elif kind != "none":
            raise invalid_argument(f"unknown input source: {kind!r}")


def _steps(source: dict[str, Any]) -> list[dict[str, Any]]:
    steps = source.get("actions")
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise invalid_argument("a source's 'actions' must be a list of objects")
    return steps


async def _move_finger(call: Call, steps: list[dict[str, Any]]) -> None:
    finger = _Finger()
    for step in steps:
        kind = step.get("type")
        seconds = min(_LONGEST, float(step.get("duration") or 0) / 1000)
        if kind == "pointerMove":
            finger.x, finger.y = _target(call, step, finger)
            finger.seconds += seconds
        elif kind == "pause":
            if finger.down_at is None:
                await asyncio.sleep(seconds)
            finger.seconds += seconds
        elif kind == "pointerDown":
            finger.down_at, finger.seconds = (finger.x, finger.y), 0.0
        elif kind == "pointerUp":
            await _lift(call, finger)
        elif kind not in ("pointerCancel", "release"):
            raise invalid_argument(f"unknown pointer action: {kind!r}")


async def _lift(call: Call, finger: _Finger) -> None:
    if finger.down_at is not None:
        await call.display.swipe(*finger.down_at, finger.x, finger.y, finger.seconds)
    finger.down_at = None


def _target(call: Call, step: dict[str, Any], finger: _Finger) -> tuple[int, int]:
    x, y = step.get("x", 0), step.get("y", 0)
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        raise invalid_argument(f"a move needs numbers x and y: {step!r}")
    origin = step.get("origin", "viewport")
    if origin == "pointer":
        return finger.x + int(x), finger.y + int(y)
    if origin != "viewport" and element_id(origin):
        middle = call.node(origin).centre
        return middle[0] + int(x), middle[1] + int(y)
    return int(x), int(y)


async def _press_keys(call: Call, steps: list[dict[str, Any]]) -> None:
    for step in steps:
        if step.get("type") == "pause":
            await asyncio.sleep(min(_LONGEST, float(step.get("duration") or 0) / 1000))
        elif step.get("type") == "keyDown":
            key = str(step.get("value", ""))
            if key in _KEYS:
                await call.display.key(_KEYS[key])
            elif not "\ue000" <= key <= "\uf8ff":
                await call.display.type_text(key)


ROUTES: Routes = {("POST", "actions"): perform}
