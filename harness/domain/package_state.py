"""What Android records of one installed app: tells a fresh data folder from a kept one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackupState:
    """Whether the app's data may come back by itself after a reinstall; None = not known."""

    allowed: bool | None = None  # the app lets Android back it up (flag ALLOW_BACKUP)
    enabled: bool | None = None  # backup is switched on
    transport: str | None = None  # the one in use


@dataclass(frozen=True, slots=True)
class PackageState:
    """Fields of `dumpsys package` and `pm path`; None = not stated by this phone.

    A new `ce_inode` together with a new `first_install` or `uid` is a fresh data folder;
    the inode alone is no proof, numbers are used again.
    """

    installed: bool  # for the user
    uid: int | None = None  # of user 0; + 100000 for each further user
    ce_inode: int | None = None
    de_inode: int | None = None  # API 35 and later
    first_install: str | None = None  # UTC, ISO 8601
    last_update: str | None = None  # UTC, ISO 8601
    installer: str | None = None
    signer: str | None = None  # SHA-256 of the certificate, lower-case hex
    version_name: str | None = None
    version_code: int | None = None
    flags: tuple[str, ...] = ()
    code_paths: tuple[str, ...] = ()  # base and splits, as `pm path` lists them
    splits: tuple[str, ...] = ()  # names, "base" first
    backup: BackupState = BackupState()
    preinstalled: bool = False  # part of the phone's system; removing rolls it back
    data_kept: bool = False  # removed with its data kept: a remnant is on the phone
    archived: bool | None = None  # API 35 and later
    data_folder: str | None = None  # /data/user/0/<package>, or on an adopted card
    other_users: tuple[int, ...] = ()  # who else has the app installed
    away: str | None = None  # UUID of the adopted card that it is on, which is not in the phone


def same_data_folder(before: PackageState, after: PackageState) -> bool | None:
    """The data folder was kept, or moved as a whole; None when the phone states too little."""
    if moved(before, after):
        return True
    known = [
        (old, new)
        for old, new in (
            (before.ce_inode, after.ce_inode),
            (before.first_install, after.first_install),
            (before.uid, after.uid),
        )
        if old is not None and new is not None
    ]
    if not known or not (after.installed or after.away):
        return None
    return all(old == new for old, new in known)


def moved(before: PackageState, after: PackageState) -> bool:
    """The app lies on another volume now and was not installed anew: Android moved its folder
    ("Move to SD card", `pm move-package`), which gives it another inode."""
    folders = (before.data_folder, after.data_folder)
    same = [
        old is not None and old == new
        for old, new in ((before.first_install, after.first_install), (before.uid, after.uid))
    ]
    return None not in folders and folders[0] != folders[1] and all(same)
