"""`sm`: storage volumes. The phone has internal storage and no card."""

from __future__ import annotations

from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Invocation

VOLUMES = {"private": "private mounted null\n", "emulated": "emulated;0 mounted null\n"}


def _sm(inv: Invocation) -> Reply:
    match list(inv.argv[1:]):
        case ["list-volumes"] | ["list-volumes", "all"]:
            return Reply("".join(VOLUMES.values()))
        case ["list-volumes", kind]:
            return Reply(VOLUMES.get(kind, ""))
        case ["list-disks", *_]:
            return Reply()
        case ["has-adoptable"]:
            return Reply("false\n")
        case ["get-primary-storage-uuid"]:
            return Reply("null\n")
        case ["get-fbe-mode"]:
            return Reply("native\n")
        case ["fstrim" | "idle-maint", *_]:
            return Reply()
        case _:
            return Reply(err="usage: sm list-disks [adoptable]\n       sm has-adoptable\n", code=1)


COMMANDS = {"sm": program(_sm)}
