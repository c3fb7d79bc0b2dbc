"""Brings back app and files after an interrupted removal, as far as they were saved."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.adapters.removal.archive_file import contents_of
from harness.adapters.removal.entrance import Entrance, find_entrance
from harness.adapters.removal.installing import abandon, install_code
from harness.adapters.removal.journal import BEFORE_LOSS, KEPT_DAYS, Removal, RemovalJournal, Stage
from harness.adapters.removal.permissions import grant_again
from harness.adapters.removal.restoring import can_restore, restore_root
from harness.adapters.removal.roots import place_now
from harness.adapters.removal.saving import hashes_on_phone, save_roots
from harness.adapters.removal.standing import phone_id, read_standing
from harness.domain.package_state import PackageState, same_data_folder
from harness.domain.removal import LOSES_DATA, Arm, SavedRoot
from harness.domain.storage import Tier
from harness.ports import StreamingControl


@dataclass(slots=True)
class Mended:
    """What was found and done, in sentences; `whole`: nothing more can be brought back."""

    lines: list[str]
    whole: bool = True


def mend_removal(device: StreamingControl, *, folder: Path | None = None) -> Mended | None:
    """Says exactly where the phone stands, and mends it. None: nothing was interrupted.

    Raises InstrumentError when it could not be mended; the journal then stays.
    """
    journal = RemovalJournal(device.serial, folder)
    removal = journal.load()
    if removal is None:
        return None
    if removal.owner_lives:
        return Mended([f"{device.name} is in use by process {removal.pid} and was left alone"])
    if removal.launched:
        journal.close(removal)
        told = f"an interrupted {removal.arm} was on a phone that ended with its run"
        return Mended([f"{told}; its saved copies were deleted"])
    if _another_phone(device, removal):
        told = f"another phone answers at {device.serial}; the journal of {removal.device} was left"
        return Mended([told], whole=False)
    state = read_standing(device, removal.package, user=removal.user)
    mended = Mended([_where(removal, state)])
    if state.away is not None:
        mended.lines.append(_put_in(device.name, state.away))
        mended.whole = False
        return mended
    if removal.session is not None:
        abandon(device, removal.session)
        journal.note_session(removal, None)
    mended.lines += _copies_gone(removal, state)
    if not state.installed and removal.code:
        state = _install(device, removal, mended)
    if removal.stage in BEFORE_LOSS:
        mended.lines.append("no data was deleted; the saved copies were dropped")
    else:
        _restore(device, removal, state, mended)
    if mended.whole or time.time() - removal.written > KEPT_DAYS * 86_400:
        journal.close(removal, keep_copies=not mended.whole)
    return mended


def _another_phone(device: StreamingControl, removal: Removal) -> bool:
    now = phone_id(device)
    return None not in (now, removal.phone_id) and now != removal.phone_id


def _where(removal: Removal, state: PackageState) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(removal.written))
    there = (
        f"{removal.package} {state.version_name or ''} is installed".replace("  ", " ")
        if state.installed
        else f"{removal.package} is not installed"
    )
    return (
        f"a reinstall experiment ({removal.arm}) was interrupted on {when} while"
        f" {removal.stage}; {there}"
    )


def _put_in(phone: str, card: str) -> str:
    """Installed in its absence, the app would lose what lies on the card: Android deletes there
    what belongs to no app of that card as soon as it is in."""
    return (
        f"the app lies on the adopted card {card}, which is not in {phone}: nothing was touched;"
        " put it in and run harness reset again"
    )


def _copies_gone(removal: Removal, state: PackageState) -> list[str]:
    """Other users' copies that went with it; they were given up before, and nothing saved them."""
    had = removal.before.other_users if removal.before else ()
    gone = [user for user in had if user not in state.other_users]
    return [
        f"the app of user {user} went with it, as may_remove_copies allowed; it is not brought back"
        for user in gone
    ]


def _install(device: StreamingControl, removal: Removal, mended: Mended) -> PackageState:
    before = removal.before
    install_code(
        device,
        removal.code,
        Path(removal.folder),
        installer=before.installer if before else None,
        user=removal.user,
    )
    state = read_standing(device, removal.package, user=removal.user)
    mended.lines.append(f"installed {removal.package} {state.version_name or ''} again".rstrip())
    return state


def _restore(
    device: StreamingControl, removal: Removal, state: PackageState, mended: Mended
) -> None:
    if removal.arm not in LOSES_DATA:
        mended.lines.append("its data was never deleted")
        _grant(device, removal, mended)
        return
    entrance = _entrance(device, removal)
    folder = Path(removal.folder)
    if _untouched(device, entrance, removal, state):
        mended.lines.append("its data was not deleted and is as it was")
        return
    _keep_what_is_there(device, entrance, removal, _saved_now(removal, state), mended)
    RemovalJournal(device.serial, Path(removal.folder).parent).enter(removal, Stage.RESTORING)
    put_back(device, entrance, removal, state, folder, mended)
    if mended.whole:
        files = sum(saved.files for saved in removal.saved)
        mended.lines.append(f"put {files} saved files back")
    lost = ", ".join(f"{gap.area} ({gap.reason})" for gap in removal.unsaved)
    if lost:
        mended.lines.append(f"could not be saved before and is gone: {lost}")


def put_back(
    device: StreamingControl,
    entrance: Entrance,
    removal: Removal,
    state: PackageState,
    folder: Path,
    mended: Mended,
) -> None:
    """Restores what the arm deleted: every saved folder that we may enter, and permissions.

    Raises InstrumentError.
    """
    _grant(device, removal, mended)
    if removal.arm not in LOSES_DATA:
        return
    device.shell(f"am force-stop {removal.package}")
    old = removal.before.uid if removal.before else None
    for saved in _saved_now(removal, state):
        if can_restore(entrance, saved):
            restore_root(device, entrance, saved, folder, old_uid=old, new_uid=state.uid)
            continue
        mended.whole = False
        mended.lines.append(
            f"{saved.root.path} needs root to be put back; its copy stays in {folder}"
        )


def _saved_now(removal: Removal, state: PackageState) -> tuple[SavedRoot, ...]:
    """The saved folders at the places that they have now."""
    return tuple(
        replace(saved, root=place_now(saved.root, state.data_folder)) for saved in removal.saved
    )


def _grant(device: StreamingControl, removal: Removal, mended: Mended) -> None:
    names, user = removal.permissions, removal.user
    refused = grant_again(device, removal.package, names, user=user)
    if refused:
        mended.lines.append(f"permissions to be given again by hand: {', '.join(refused)}")


def _entrance(device: StreamingControl, removal: Removal) -> Entrance:
    """The rights that the files were saved with; adb is made root again where it was."""
    if removal.tier is Tier.ADB_ROOT and not device.is_root():
        device.root()
    return find_entrance(device, removal.package)


def _untouched(
    device: StreamingControl, entrance: Entrance, removal: Removal, state: PackageState
) -> bool:
    """The removal never reached the phone. A data folder that is the one from before shows
    it; `pm clear` keeps the folder itself, so there most of the files must still be in it."""
    if removal.stage is not Stage.REMOVING or removal.before is None:
        return removal.arm is not Arm.CLEAR and _same_folder(removal, state)
    if not _same_folder(removal, state):
        return False
    return removal.arm is not Arm.CLEAR or _mostly_there(device, entrance, removal)


def _same_folder(removal: Removal, state: PackageState) -> bool:
    return removal.before is not None and same_data_folder(removal.before, state) is True


def _mostly_there(device: StreamingControl, entrance: Entrance, removal: Removal) -> bool:
    folder = Path(removal.folder)
    saved_files = found = 0
    for saved in removal.saved:
        if can_restore(entrance, saved):
            hashes = contents_of(folder / saved.file).hashes
            there = hashes_on_phone(device, entrance, saved.root, folder / "look.hashes")
            saved_files += hashes.total()
            found += (there & hashes).total()
    return found * 2 > saved_files


def _keep_what_is_there(
    device: StreamingControl,
    entrance: Entrance,
    removal: Removal,
    now: Sequence[SavedRoot],
    mended: Mended,
) -> None:
    """Somebody may have used the app since: that must not be lost either. What lies there
    while we were restoring is half of our own copy."""
    target = Path(f"{removal.folder}-replaced")
    if removal.stage is Stage.RESTORING or target.exists():
        return
    partial = Path(f"{removal.folder}-partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    roots = [saved.root for saved in now if can_restore(entrance, saved)]
    device.shell(f"am force-stop {removal.package}")
    kept, _ = save_roots(device, entrance, roots, (), partial)
    if any(saved.files for saved in kept):
        partial.rename(target)
        mended.lines.append(f"what the app kept since then lies in {target}")
    else:
        shutil.rmtree(partial)
