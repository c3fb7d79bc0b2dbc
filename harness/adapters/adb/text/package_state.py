"""`dumpsys package`, `pm path` and `bmgr`: what Android records of one installed app.

Field names and layouts by release: Android storage reference 2.3.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from harness.adapters.adb.text.package import (
    package_block,
    read_archived,
    read_away,
    read_data_folder,
    read_package,
    user_block,
)
from harness.domain.package_state import BackupState, PackageState

_NEVER = "1970-01-01"
_USER = re.compile(r"^    User (\d+):(.*)$", re.MULTILINE)


def read_state(
    dump: str,
    name: str,
    *,
    paths: str,
    zone: str,
    user: int = 0,
    backup: str = "",
    signer: str | None = None,
) -> PackageState:
    """`zone`: the phone's own, "+0200"; its times carry none. `backup`: what bmgr says."""
    found, block = read_package(dump, name), package_block(dump, name)
    code_paths = tuple(
        line.removeprefix("package:").strip()
        for line in paths.splitlines()
        if line.startswith("package:")
    )
    if found is None or block is None:
        return PackageState(installed=bool(code_paths), code_paths=code_paths)
    own = user_block(block, user)
    words = dict(re.findall(r"(\w+)=(\S+)", own.partition("\n")[0]))
    installed = bool(code_paths) and words.get("installed") != "false"
    archived, others = read_archived(own), other_users(block, user)
    away = read_away(block, paths, user)
    return PackageState(
        installed=installed,
        uid=found.uid,
        ce_inode=_inode(words.get("ceDataInode")),
        de_inode=_inode(words.get("deDataInode")),
        first_install=_utc(_line(own, "firstInstallTime") or found.first_install, zone),
        last_update=_utc(found.last_update, zone),
        installer=found.installer,
        signer=signer,
        version_name=found.version_name or None,
        version_code=found.version_code or None,
        flags=found.flags,
        code_paths=code_paths,
        splits=_splits(block),
        backup=_backup(found.flags, backup),
        preinstalled="SYSTEM" in found.flags,
        data_kept=not (installed or archived or others or away),
        archived=archived,
        data_folder=read_data_folder(block, user),
        other_users=others,
        away=away,
    )


def _line(text: str, key: str) -> str | None:
    found = re.search(rf"^\s+{key}=(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else None


def _inode(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() and text != "0" else None


def _splits(block: str) -> tuple[str, ...]:
    found = re.search(r"^\s+splits=\[(.*?)\]", block, re.MULTILINE)
    return tuple(word.strip() for word in found[1].split(",") if word.strip()) if found else ()


def other_users(block: str, user: int) -> tuple[int, ...]:
    """Who else has the app installed, by the `User N:` lines of its block."""
    return tuple(
        int(found[1])
        for found in _USER.finditer(block)
        if int(found[1]) != user and "installed=true" in found[2]
    )


def _utc(text: str | None, zone: str) -> str | None:
    """A local time of the phone as UTC; None also for the epoch, which means never."""
    if text is None or text.startswith(_NEVER):
        return None
    sign = re.fullmatch(r"([+-])(\d\d)(\d\d)", zone)
    minutes = int(sign[1] + "1") * (int(sign[2]) * 60 + int(sign[3])) if sign else 0
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return local.replace(tzinfo=timezone(timedelta(minutes=minutes))).astimezone(UTC).isoformat()


def _backup(flags: tuple[str, ...], text: str) -> BackupState:
    enabled = re.search(r"currently (enabled|disabled)", text)
    chosen = re.search(r"^\s*\*\s*(\S+)", text, re.MULTILINE)
    return BackupState(
        allowed="ALLOW_BACKUP" in flags if flags else None,
        enabled=enabled[1] == "enabled" if enabled else None,
        transport=chosen[1] if chosen else None,
    )
