"""`sm`: storage volumes. The phone has internal storage and no card."""

from __future__ import annotations

from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import FileSystem, Invocation

PRIMARY = "/storage/emulated/0"
CARD_PREFIX = "/storage/"
NOT_CARDS = ("emulated", "self")


def shared_roots(fs: FileSystem) -> list[str]:
    """Where shared files of user 0 lie: the internal storage, then each mounted card."""
    cards = [name for name in fs.listdir("/storage") if name not in NOT_CARDS]
    return [PRIMARY, *(f"{CARD_PREFIX}{name}" for name in cards)]


def inside_volume(path: str) -> str:
    """A path of shared storage without its volume: `DCIM/Camera`."""
    return "/".join(path.split("/")[4 if path.startswith(PRIMARY) else 3 :])


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
