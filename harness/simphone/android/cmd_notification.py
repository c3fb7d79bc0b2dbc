"""`cmd notification`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.android.intents import BadIntent, component
from harness.simphone.android.program import Program, Reply
from harness.simphone.contracts import Invocation

LISTENERS = "enabled_notification_listeners"


def _notification(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    match words:
        case [("allow_listener" | "disallow_listener") as verb, name, *_]:
            return _listener(inv, name, allow=verb == "allow_listener")
        case ["list", *_]:
            return Reply()
        case ["set_dnd", state]:
            modes = {"on": "1", "priority": "1", "none": "2", "alarms": "3"}
            inv.phone.settings.put("global", "zen_mode", modes.get(state, "0"))
            return Reply()
        case ["post", *_]:
            return Reply("posting:\n")
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _listener(inv: Invocation, name: str, *, allow: bool) -> Reply:
    try:
        package, cls = component(name)
    except BadIntent:
        return Reply(err="Invalid listener - must be a ComponentName\n", code=255)
    stored = inv.phone.settings.get("secure", LISTENERS) or ""
    names = [entry for entry in stored.split(":") if entry and entry != f"{package}/{cls}"]
    if allow:
        names.append(f"{package}/{cls}")
    inv.phone.settings.put("secure", LISTENERS, ":".join(names))
    return Reply()


SERVICES: Mapping[str, Program] = {"notification": _notification}
