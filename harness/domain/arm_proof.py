"""Did the arm really take place? Compares the app's state before and after. Pure.

Facts: android-storage reference 2.2 and 2.3 (a fresh data folder has a new inode and a new
first installation; `deletePackageX` and `am_clear_app_data_caller` in the log).
"""

import re
from collections.abc import Callable

from harness.domain.package_state import PackageState, same_data_folder
from harness.domain.removal import Arm, ArmOutcome, ArmResult, Proof

_REMOVED = re.compile(r"deletePackageX|am_uninstall|PACKAGE_REMOVED")
_CLEARED = re.compile(r"am_clear_app_data_caller|: clear data")

Read = Callable[[PackageState], object]

_FIELDS: dict[str, tuple[str, Read]] = {
    "uid": ("the app's user id", lambda state: state.uid),
    "ce_inode": ("the data folder's inode", lambda state: state.ce_inode),
    "first_install": ("the time of the first installation", lambda state: state.first_install),
    "last_update": ("the time of the last update", lambda state: state.last_update),
    "code_path": ("the place of the app's code", lambda state: state.code_paths or None),
}

_CHANGED: dict[Arm, tuple[str, ...]] = {
    Arm.UPDATE_IN_PLACE: ("last_update", "code_path"),
    Arm.KEEP_DATA: ("code_path",),
    Arm.UNINSTALL_INSTALL: ("code_path",),
    Arm.BY_HAND: ("code_path",),
    Arm.ARCHIVE: ("code_path",),
}
"""What must differ afterwards, each for itself."""

_FRESH = frozenset({Arm.UNINSTALL_INSTALL, Arm.BY_HAND})
"""The data folder must be another one. Inode numbers and user ids are given again, and times
have whole seconds, so one of the three that differs is enough."""

_KEPT: dict[Arm, tuple[str, ...]] = {
    Arm.NOTHING: ("uid", "ce_inode", "first_install", "last_update", "code_path"),
    Arm.STOP_START: ("uid", "ce_inode", "first_install", "last_update", "code_path"),
    Arm.CLEAR: ("uid", "first_install", "code_path"),
    Arm.UPDATE_IN_PLACE: ("uid", "ce_inode", "first_install"),
    Arm.KEEP_DATA: ("ce_inode",),
    Arm.ARCHIVE: ("uid", "ce_inode"),
}
"""What must be the same afterwards."""

_MARKS = {
    Arm.CLEAR: (_CLEARED, "the log says that the app's data was cleared"),
    Arm.UNINSTALL_INSTALL: (_REMOVED, "the log says that the app was deleted"),
    Arm.BY_HAND: (_REMOVED, "the log says that the app was deleted"),
    Arm.KEEP_DATA: (_REMOVED, "the log says that the app was deleted"),
}


def _compared(name: str, before: PackageState, after: PackageState, *, differs: bool) -> Proof:
    what, read = _FIELDS[name]
    old, new = read(before), read(after)
    if old is None or new is None:
        return Proof(name, None, f"{what} is not stated by this phone")
    changed = old != new
    said = "is another one" if changed else "is the same"
    return Proof(name, changed is differs, f"{what} {said} than before"
                 if changed else f"{what} {said} as before")  # fmt: skip


def _fresh_folder(before: PackageState, after: PackageState) -> Proof:
    same = same_data_folder(before, after)
    if same is None:
        return Proof("data_folder", None, "the phone does not tell whether the data folder is new")
    told = "the data folder is the old one" if same else "the data folder is a new one"
    return Proof("data_folder", not same, told)


def _copies(before: PackageState, after: PackageState) -> list[Proof]:
    """What became of other users' copies: told, and no proof of what the arm did to this one."""
    if not before.other_users:
        return []
    lost = [user for user in before.other_users if user not in after.other_users]
    users = ", ".join(str(user) for user in lost or before.other_users)
    told = f"the app of user {users} " + ("is gone as well" if lost else "is still there")
    return [Proof("other_users", None, told)]


def prove(
    arm: Arm, before: PackageState, after: PackageState, *, answer: str, log: str
) -> ArmOutcome:
    """`answer`: what the phone said to the command ("" where none was given); `log`: the
    phone's log since then. One proof that speaks against the arm makes it NOT_PROVED; a
    missing log line alone does not, log buffers are short."""
    proofs: list[Proof] = []
    if answer:
        said = answer.strip().splitlines()[-1][:120]
        proofs.append(Proof("answer", "Success" in answer, f"the phone answered: {said}"))
    if arm in _MARKS:
        pattern, text = _MARKS[arm]
        found = pattern.search(log) is not None
        told = text if found else "the log does not tell"
        proofs.append(Proof("log", holds=True if found else None, statement=told))
    changed, kept = _CHANGED.get(arm, ()), _KEPT.get(arm, ())
    proofs += [_compared(name, before, after, differs=True) for name in changed]
    proofs += [_compared(name, before, after, differs=False) for name in kept]
    if arm in _FRESH:
        proofs.append(_fresh_folder(before, after))
    proofs += _copies(before, after)
    against = not after.installed or any(proof.holds is False for proof in proofs)
    shown = any(proof.holds for proof in proofs)
    result = ArmResult.DONE if shown and not against else ArmResult.NOT_PROVED
    return ArmOutcome(arm, result, answer.strip()[:300], tuple(proofs))
