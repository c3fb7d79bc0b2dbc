"""`sm`: storage volumes: the internal storage, portable cards and adopted ones that are in."""

from __future__ import annotations

from harness.simphone.android.parts import android
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
EMULATED_PER_USER = 30
"""API level from which each user has an emulated volume of its own."""
CARD_DISK = "179,0"
CARD_VOLUME = "public:179,1"
ADOPTED_DISK = "179,66"
ADOPTED_VOLUME = f"private:{ADOPTED_DISK}"


def _sm(inv: Invocation) -> Reply:
    cards = [root.rpartition("/")[2] for root in shared_roots(inv.phone.fs)[1:]]
    volumes = _volumes(inv, cards)
    match list(inv.argv[1:]):
        case ["mount" | "unmount" as verb, volume]:
            return _mount(inv, verb, volume)
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


def _volumes(inv: Invocation, cards: list[str]) -> list[str]:
    """The phone's own, then portable cards, then adopted ones: with their emulated volume,
    which is mounted only where /sdcard itself lies on the card."""
    phone = inv.phone
    per_user = phone.spec.api >= EMULATED_PER_USER
    users = [0, *(user.id for user in phone.spec.users if user.running)] if per_user else [None]
    ends = ["" if user is None else f";{user}" for user in users]
    lines = ["private mounted null", *(f"emulated{end} mounted null" for end in ends)]
    lines += [f"{CARD_VOLUME} mounted {uuid}" for uuid in cards]
    for uuid, state in android(phone).packages.cards.states().items():
        lines.append(f"{ADOPTED_VOLUME} {state} {uuid}")
        lines += [f"emulated:{ADOPTED_DISK}{end} unmounted null" for end in ends]
    return lines


def _mount(inv: Invocation, verb: str, volume: str) -> Reply:
    """Of adopted cards alone; others stay as they are."""
    cards = android(inv.phone).packages.cards
    for uuid in cards.states() if volume == ADOPTED_VOLUME else ():
        cards.put_in(uuid) if verb == "mount" else cards.take_out(uuid, pulled=False)
        return Reply()
    return Reply(
        err=f"Error: java.lang.IllegalArgumentException: No volume found for ID {volume}\n",
        code=255,
    )


def _lines(lines: list[str]) -> Reply:
    return Reply("".join(f"{line}\n" for line in lines))


COMMANDS = {"sm": program(_sm)}
