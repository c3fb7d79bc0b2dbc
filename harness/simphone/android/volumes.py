"""`sm`: storage volumes: the internal storage, portable cards and adopted ones that are in."""

from __future__ import annotations

from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import FileSystem, Invocation

PRIMARY = "/storage/emulated/0"
CARD_PREFIX = "/storage/"
NOT_CARDS = ("emulated", "self")
EMULATED = "/storage/emulated/"


def user_root(user: int) -> str:
    """Where the shared files of a user lie on the internal storage."""
    return f"{EMULATED}{user}"


def shared_roots(fs: FileSystem) -> list[str]:
    """Where shared files of user 0 lie: the internal storage, then each mounted card."""
    cards = [name for name in fs.listdir("/storage") if name not in NOT_CARDS]
    return [PRIMARY, *(f"{CARD_PREFIX}{name}" for name in cards)]


def inside_volume(path: str) -> str:
    """A path of shared storage without its volume: `DCIM/Camera`."""
    return "/".join(path.split("/")[4 if path.startswith(EMULATED) else 3 :])


def adopted(fs: FileSystem) -> list[str]:
    """UUIDs of the cards that were formatted as internal storage."""
    return fs.listdir(EXPAND)


EXPAND = "/mnt/expand"
INTERNAL = ("private mounted null", "emulated;0 mounted null")
CARD_DISK = "179,0"
CARD_VOLUME = "public:179,1"
ADOPTED_VOLUME = "private:179,66"


def _sm(inv: Invocation) -> Reply:
    cards = [root.rpartition("/")[2] for root in shared_roots(inv.phone.fs)[1:]]
    others = [f"emulated;{user.id} mounted null" for user in inv.phone.spec.users if user.running]
    volumes = [*INTERNAL, *others, *(f"{CARD_VOLUME} mounted {uuid}" for uuid in cards)]
    volumes += [f"{ADOPTED_VOLUME} mounted {uuid}" for uuid in adopted(inv.phone.fs)]
    match list(inv.argv[1:]):
        case ["list-volumes"] | ["list-volumes", "all"]:
            return _lines(volumes)
        case ["list-volumes", kind]:
            return _lines([line for line in volumes if line.startswith(kind)])
        case ["list-disks", *_]:
            return _lines([f"disk:{CARD_DISK}" for _ in cards])
        case ["has-adoptable"]:
            return Reply("true\n" if cards else "false\n")
        case ["get-primary-storage-uuid"]:
            return Reply("null\n")
        case ["get-fbe-mode"]:
            return Reply("native\n")
        case ["fstrim" | "idle-maint", *_]:
            return Reply()
        case _:
            return Reply(err="usage: sm list-disks [adoptable]\n       sm has-adoptable\n", code=1)


def _lines(lines: list[str]) -> Reply:
    return Reply("".join(f"{line}\n" for line in lines))


COMMANDS = {"sm": program(_sm)}
