"""`device_config` (also `cmd device_config`): flags by namespace, since API 29."""

from __future__ import annotations

from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation

SINCE = 29
USAGE = "Device Config (device_config) commands:\n  get|put|delete|list NAMESPACE [KEY [VALUE]]\n"


def device_config(inv: Invocation) -> Reply:
    """One call; flags that nobody set are `null`."""
    if inv.phone.spec.api < SINCE:
        return Reply(err="cmd: Can't find service: device_config\n", code=20)
    flags, words = android(inv.phone).activities.state.flags, arguments(inv.argv[1:]).rest
    match words:
        case ["get", space, key]:
            return Reply(f"{flags.get((space, key), 'null')}\n")
        case ["put", space, key, value, *_]:
            flags[space, key] = value
            return Reply()
        case ["delete", space, key]:
            known = flags.pop((space, key), None) is not None
            text = f"Successfully deleted {key} from {space}\n"
            return Reply(text if known else f"Failed to delete {key} from {space}\n")
        case ["list", *rest]:
            rows = [(s, k, v) for (s, k), v in sorted(flags.items()) if not rest or s == rest[0]]
            prefix = "" if rest else "{0}/"
            return Reply("".join(f"{prefix.format(s)}{k}={v}\n" for s, k, v in rows))
        case _:
            return Reply(USAGE) if words in ([], ["help"]) else Reply(err=USAGE, code=255)


COMMANDS = {"device_config": program(device_config)}
