"""`appops set|get|reset|query-op`."""

from __future__ import annotations

from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation

MODES = ("allow", "ignore", "deny", "default", "foreground")

UID_MODE = "Uid mode: "
"""What `get` prints before a mode that holds for all packages of the uid; it comes first."""
NUMBERS = {
    "0": "COARSE_LOCATION", "1": "FINE_LOCATION", "4": "READ_CONTACTS", "11": "POST_NOTIFICATION",
    "24": "SYSTEM_ALERT_WINDOW", "26": "CAMERA", "27": "RECORD_AUDIO", "43": "GET_USAGE_STATS",
    "46": "PROJECT_MEDIA", "47": "ACTIVATE_VPN", "58": "MOCK_LOCATION",
    "59": "READ_EXTERNAL_STORAGE", "60": "WRITE_EXTERNAL_STORAGE", "63": "RUN_IN_BACKGROUND",
    "66": "REQUEST_INSTALL_PACKAGES", "70": "RUN_ANY_IN_BACKGROUND",
    "92": "MANAGE_EXTERNAL_STORAGE",
}  # fmt: skip
"""Operations by their numbers, which older scripts use (AppOpsManager.OP_*)."""
DEFAULTS = {"ACTIVATE_VPN": "ignore"}
"""Default modes of operations that are set here and put back."""


def appops(inv: Invocation) -> Reply:
    """One call; operations are kept by name, without `android:` and in capitals."""
    given = arguments(inv.argv[1:], {"--user", "--attribution"})
    words = given.rest
    phone = android(inv.phone)
    verb, *rest = words or ["help"]
    if verb in ("write-settings", "read-settings", "start", "stop"):
        return Reply()
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
        if given.has("--uid"):
            operation = f"{UID_MODE}{operation}"
        modes[operation] = rest[2]
        if DEFAULTS.get(operation) == rest[2]:
            del modes[operation]  # AppOpsService prunes what is as it always was
        return Reply()
    wanted = _operation(rest[1]) if len(rest) > 1 else None
    told = sorted(modes.items(), key=lambda row: not row[0].startswith(UID_MODE))
    lines = [f"{op}: {mode}\n" for op, mode in told if wanted in (None, op.removeprefix(UID_MODE))]
    default = f"Default mode: {DEFAULTS.get(wanted, 'allow')}\n" if wanted else ""
    return Reply("".join(lines) or f"No operations.\n{default}")


def _operation(name: str) -> str:
    return NUMBERS.get(name, name.removeprefix("android:").upper())


def _holders(inv: Invocation, rest: list[str]) -> Reply:
    if len(rest) != 2:
        return Reply(err="Error: Operation or mode missing\n", code=255)
    state = android(inv.phone).activities.state
    wanted = _operation(rest[0])
    found = [name for name, modes in state.app_ops.items() if modes.get(wanted) == rest[1]]
    return Reply("".join(f"{name}\n" for name in found) or "No operations.\n")


COMMANDS = {"appops": program(appops)}
