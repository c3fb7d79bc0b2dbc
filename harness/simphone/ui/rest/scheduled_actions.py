"""`mobile: scheduleAction`: steps that the server repeats by itself, with their history.

Source: the driver's guide "Scheduled Actions". Actions end with their session.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from harness.simphone.ui.rest import gesture_routes, screen_routes
from harness.simphone.ui.rest.call import Call, Route, Routes
from harness.simphone.ui.rest.errors import WebDriverError, invalid_argument

_KINDS: dict[tuple[str, str], Route] = {
    ("gesture", "click"): gesture_routes.click,
    ("gesture", "longClick"): gesture_routes.click,
    ("gesture", "doubleClick"): gesture_routes.double_click,
    ("source", "xml"): screen_routes.source,
    ("screenshot", "png"): screen_routes.screenshot,
}
_HISTORY, _INTERVAL_MS = 20, 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, type, and what it does."""

    name: str
    kind: str
    run: Callable[[], Awaitable[Any]]


@dataclass(slots=True)
class ScheduledAction:
    """An action under way; `history` has the newest execution first."""

    steps: list[Step]
    times: int
    seconds: float
    max_pass: int
    max_fail: int
    history: deque[list[dict[str, Any]]]
    repeats: int = 0
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    async def repeat(self) -> None:
        """Executes until it has passed, failed or been repeated often enough."""
        passed = failed = 0
        while self.repeats < self.times:
            results = [await _result(step) for step in self.steps]
            self.history.appendleft(results)
            self.repeats += 1
            good = all(result["passed"] for result in results)
            passed, failed = passed + good, failed + (not good)
            if passed == self.max_pass or failed == self.max_fail:
                return
            await asyncio.sleep(self.seconds)

    def told(self) -> dict[str, Any]:
        """What the history commands answer."""
        return {"repeats": self.repeats, "stepResults": list(self.history)}


async def _result(step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": step.name,
        "type": step.kind,
        "timestamp": int(time.time() * 1000),
        "passed": True,
        "result": None,
        "exception": None,
    }
    try:
        told["result"] = await step.run()
    except WebDriverError as error:
        told["passed"] = False
        trace = error.value()["stacktrace"]
        name = trace.partition(":")[0]
        told["exception"] = {"name": name, "message": error.message, "stacktrace": trace}
    return told


async def schedule(call: Call) -> None:
    """Starts the action; its name must be new."""
    name = call.body.get("name")
    steps = call.body.get("steps")
    if not isinstance(name, str) or not isinstance(steps, list) or not steps:
        raise invalid_argument("'name' must be a string and 'steps' a list that is not empty")
    if name in call.session.scheduled:
        raise invalid_argument(f"an action '{name}' is scheduled already")
    history = deque[list[dict[str, Any]]](maxlen=_count(call, "maxHistoryItems", _HISTORY))
    action = ScheduledAction(
        steps=[_step(call, step) for step in steps],
        times=_count(call, "times", 1),
        seconds=_count(call, "intervalMs", _INTERVAL_MS) / 1000,
        max_pass=_count(call, "maxPass", -1),
        max_fail=_count(call, "maxFail", -1),
        history=history,
    )
    call.session.scheduled[name] = action
    action.task = asyncio.create_task(action.repeat(), name=f"scheduled action {name}")


def _count(call: Call, key: str, default: int) -> int:
    value = call.body.get(key)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise invalid_argument(f"'{key}' must be a whole number, not {value!r}")
    return value


def _step(call: Call, given: object) -> Step:
    if not isinstance(given, dict) or not isinstance(given.get("payload"), dict):
        raise invalid_argument(f"a step needs 'type', 'name' and 'payload': {given!r}")
    kind, payload = str(given.get("type")), given["payload"]
    route = _KINDS.get((kind, str(payload.get("subtype"))))
    if route is None:
        raise invalid_argument(f"unknown step type {kind!r} with {payload.get('subtype')!r}")
    if "x" in payload and "y" in payload:  # the guide's form of a point
        payload = {**payload, "offset": {"x": payload["x"], "y": payload["y"]}}
    inner = replace(call, body=payload)

    async def run() -> object:
        return await route(inner)

    return Step(str(given.get("name")), kind, run)


async def history(call: Call) -> dict[str, Any]:
    """The executions so far."""
    return _found(call).told()


async def unschedule(call: Call) -> dict[str, Any]:
    """Ends the action; answers its history."""
    action = _found(call)
    if action.task is not None:
        action.task.cancel()
    del call.session.scheduled[str(call.body.get("name"))]
    return action.told()


def _found(call: Call) -> ScheduledAction:
    action = call.session.scheduled.get(str(call.body.get("name")))
    if action is None:
        raise invalid_argument(f"no action '{call.body.get('name')}' is scheduled")
    return action


ROUTES: Routes = {
    ("POST", "appium/schedule_action"): schedule,
    ("POST", "appium/action_history"): history,
    ("POST", "appium/unschedule_action"): unschedule,
}
