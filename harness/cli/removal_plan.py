"""What the reinstall scenario would cost on a phone, said before it is run; changes nothing."""

from dataclasses import dataclass

from harness.domain.app_copies import AppCopy, copies_planned
from harness.domain.device import DeviceEntry
from harness.domain.removal import LOSES_DATA, REMOVES_CODE, Arm
from harness.domain.storage import EXTERNAL, PRIVATE, Area, Tier
from harness.domain.storage_map import StorageMap

_OTHER_ARMS = {
    Arm.UPDATE_IN_PLACE: "the app's compiled code, which Android makes again",
    Arm.KEEP_DATA: "permissions that were granted to the app",
    Arm.ARCHIVE: "the app's caches",
}

KEYSTORE = "keys that the app made in Android's keystore"
"""Never leave the phone, so no copy brings them back."""


@dataclass(frozen=True, slots=True)
class RemovalPlan:
    """In plain words. `destroys` is None where the arm takes nothing away."""

    destroys: str | None
    logs_out: bool
    saved_first: str
    not_saved: str
    copies: tuple[str, ...] = ()  # what becomes of other users' copies, one sentence each


NO_REMOVAL = RemovalPlan(None, logs_out=False, saved_first="", not_saved="")
"""Of a scenario that destroys nothing."""


def plan_removal(storage: StorageMap, arm: Arm, tier: Tier | None) -> RemovalPlan:
    """`tier` None: the phone is not there to be asked."""
    if arm not in LOSES_DATA:
        return RemovalPlan(_OTHER_ARMS.get(arm), logs_out=False, saved_first="", not_saved="")
    own = _labels(storage, PRIVATE | EXTERNAL)
    outside = _labels(storage, EXTERNAL)
    inside = _labels(storage, PRIVATE)
    destroys = ", ".join(own) or "what the app keeps in its own folders"
    if tier in {Tier.ADB_ROOT, Tier.SU, Tier.RUN_AS}:
        return RemovalPlan(destroys, logs_out=True, saved_first="all of it", not_saved=KEYSTORE)
    if tier is None:
        return RemovalPlan(
            destroys,
            logs_out=True,
            saved_first="what the phone lets us read (with root all of it); told once it is on",
            not_saved=f"without root: {', '.join([*inside, KEYSTORE])}",
        )
    return RemovalPlan(
        destroys,
        logs_out=True,
        saved_first=f"what lies in Android/data, media and obb ({', '.join(outside) or 'nothing'})",
        not_saved=", ".join([*inside, KEYSTORE]),
    )


def look_for_plan(
    entry: DeviceEntry, package: str
) -> tuple[Tier | None, tuple[AppCopy, ...] | None]:
    """How far in we would get on a phone that is attached now, and who else has the app.

    None = it is not attached, or silent. Starts no phone and does not make adb root; where
    a run would, that is taken into account.
    """
    from harness.adapters.adb.app_copies import read_copies
    from harness.adapters.adb.device import AdbDevice
    from harness.adapters.adb.identity import read_identity
    from harness.adapters.adb.link import AdbLink
    from harness.adapters.adb.server import USUAL_PORT, wanted_port
    from harness.adapters.removal.entrance import find_entrance
    from harness.ports import InstrumentError

    if entry.serial is None:
        return None, None
    host = entry.adb.host if entry.adb else "127.0.0.1"
    port = entry.adb.port if entry.adb else wanted_port() or USUAL_PORT
    device = AdbDevice(entry.name, entry.serial, AdbLink(host, port))
    try:
        tier = find_entrance(device, package).tier
        would_root = entry.may_change_trust and read_identity(device).rootable
        copies = read_copies(device, package)
    except InstrumentError:
        return None, None
    return Tier.ADB_ROOT if would_root else tier, copies


def tell_copies(
    entry: DeviceEntry, arm: Arm, copies: tuple[AppCopy, ...] | None
) -> tuple[str, ...]:
    """What the arm would do to other users' copies; `copies` None: the phone is not there."""
    if copies is None:
        others = ("keeps or takes other users' copies of the app: told once the phone is on",)
        return others if arm in LOSES_DATA | REMOVES_CODE else ()
    return copies_planned(arm, copies, may_remove=entry.may_remove_copies)


def _labels(storage: StorageMap, areas: frozenset[Area]) -> list[str]:
    """Classes that a person would miss and that may lie in one of the areas."""
    named = {pattern.content for pattern in storage.files if areas & set(pattern.areas)}
    return [entry.many for entry in storage.classes if entry.missed and entry.name in named]
