"""`appops set|get|reset|query-op`."""

from __future__ import annotations

from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation

MODES = ("allow", "ignore", "deny", "default", "foreground")

DEFAULTS = {"ACTIVATE_VPN": "ignore"}
"""Default modes of operations that are set here and put back."""


def appops(inv: Invocation) -> Reply:
    """One call; operations are kept by name, without `android:` and in capitals."""
    words = arguments(inv.argv[1:], {"--user"}).rest
    phone = android(inv.phone)
    verb, *rest = words or ["help"]
    if verb not in ("set", "get", "reset", "query-op"):
        return Reply("AppOps service (appops) commands:\n  get  set  reset  query-op\n")
    if verb == "reset":
        names = rest or list(phone.activities.state.app_ops)
        for name in names:
            phone.activities.state.app_ops.pop(name, None)
        return Reply("Reset all modes for: all users, all packages\n" if not rest else "")
    if verb == "query-op":
        return _holders(inv, rest)
    if not rest or phone.packages.get(rest[0]) is None:
        return Reply(err=f"Error: No UID for {rest[0] if rest else ''} in user 0\n", code=255)
    modes = phone.activities.state.app_ops.setdefault(rest[0], {})
    if verb == "set":
        if len(rest) != 3 or rest[2] not in MODES:
            return Reply(err=f"Error: Mode {rest[-1]} is not valid\n", code=255)
        operation = _operation(rest[1])
        modes[operation] = rest[2]
        if DEFAULTS.get(operation) == rest[2]:
            del modes[operation]  # AppOpsService prunes what is as it always was
        return Reply()
    wanted = _operation(rest[1]) if len(rest) > 1 else None
    lines = [f"{op}: {mode}\n" for op, mode in modes.items() if wanted in (None, op)]
    return Reply("".join(lines) or "No operations.\n")


def _operation(name: str) -> str:
    return name.removeprefix("android:").upper()


def _holders(inv: Invocation, rest: list[str]) -> Reply:
    if len(rest) != 2:
        return Reply(err="Error: Operation or mode missing\n", code=255)
    state = android(inv.phone).activities.state
    wanted = _operation(rest[0])
    found = [name for name, modes in state.app_ops.items() if modes.get(wanted) == rest[1]]
    return Reply("".join(f"{name}\n" for name in found) or "No operations.\n")


COMMANDS = {"appops": program(appops)}
