"""`dumpsys package NAME`: the block of the installed package (android-storage 2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"^  Package \[(?P<name>[^\]]+)\] \([0-9a-f]+\):$", re.MULTILINE)
_SECTION = re.compile(r"^\S.*:$", re.MULTILINE)
_EPOCH = "1970-01-01"


@dataclass(frozen=True, slots=True)
class PackageDump:
    """What the dump says of one package; times are the phone's local ones, without zone."""

    name: str
    version_name: str
    version_code: int
    uid: int | None = None
    installer: str | None = None
    first_install: str | None = None
    last_update: str | None = None
    signatures: str | None = None  # short hash that Android prints, not the certificate's
    flags: tuple[str, ...] = ()
    updated_system_app: bool = False
    installed: bool = True  # for the user who was asked about


def read_package(text: str, name: str, user: int = 0) -> PackageDump | None:
    """The package's record with the state of one user, or None when the phone knows none."""
    block = package_block(text, name)
    if block is None:
        return None
    flags = tuple((_one(block, r"^\s+(?:pkgFlags|flags)=\[ ?(.*?) ?\]") or "").split())
    own = user_block(block, user)
    return PackageDump(
        name=name,
        version_name=_one(block, r"^\s+versionName=(.*)$") or "",
        version_code=int(_one(block, r"^\s+versionCode=(\d+)") or 0),
        uid=_number(_one(block, r"^\s+(?:userId|appId)=(\d+)")),
        installer=_none(_one(block, r"^\s+installerPackageName=(\S+)")),
        first_install=_first_install(block, own),
        last_update=_one(block, r"^\s+lastUpdateTime=(.+)$"),
        signatures=_one(block, r"signatures:?=?\[([0-9a-fA-F, ]*)\]"),
        flags=flags,
        updated_system_app="UPDATED_SYSTEM_APP" in flags,
        installed="installed=false" not in own.partition("\n")[0],
    )


def package_block(text: str, name: str, section: str = "Packages") -> str | None:
    """The lines on one package below a section's headline; None when it is not there."""
    start = re.search(rf"^{section}:$", text, re.MULTILINE)
    if start is None:
        return None
    rest = text[start.end() :]
    end = _SECTION.search(rest)
    inside = rest[: end.start()] if end else rest
    blocks = list(_BLOCK.finditer(inside))
    for index, found in enumerate(blocks):
        if found["name"] == name:
            stop = blocks[index + 1].start() if index + 1 < len(blocks) else len(inside)
            return inside[found.start() : stop]
    return None


def user_block(block: str, user: int) -> str:
    """The lines of one user within a package's block."""
    pattern = rf"^    User {user}:.*?(?=^    User \d+:|\Z)"
    found = re.search(pattern, block, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def read_archived(own: str) -> bool | None:
    """Whether the app is archived for the user whose block this is; None before Android 15.

    Only an archived app has `archiveTime=` there (AOSP `Settings.dumpPackageLPr`, which prints
    it for a user whose `ArchiveState` is set, with `installed=false`). Releases that archive
    print `deDataInode=` in the user's line, and older ones do not.
    """
    if re.search(r"^\s+archiveTime=", own, re.MULTILINE):
        return True
    return False if "deDataInode=" in own.partition("\n")[0] else None


def read_away(block: str, paths: str, user: int = 0) -> str | None:
    """UUID of the adopted card that an installed app lies on while it is not in the phone: its
    record stays (`installed=true`, `volumeUuid=`), and `pm path` (`paths`) finds no code."""
    found = re.search(r"^\s+volumeUuid=(\S+)", block, re.MULTILINE)
    there = paths.strip() or "installed=true" not in user_block(block, user).partition("\n")[0]
    return None if found is None or there else found[1]


def read_data_folder(block: str, user: int) -> str | None:
    """Where the app's data of this user lie. Newer releases say it in each user's block (AOSP
    `Settings.dumpPackageLPr`), older ones for the package as a whole, which is user 0's."""
    told = _one(user_block(block, user), r"^      dataDir=(/\S+)$")
    if told is not None:
        return told
    whole = _one(block, r"^    dataDir=(/\S+)$")
    return None if whole is None else re.sub(r"/user/\d+/", f"/user/{user}/", whole)


def _first_install(block: str, user: str) -> str | None:
    of_user = _one(user, r"^\s+firstInstallTime=(.+)$")
    value = of_user or _one(block, r"^    firstInstallTime=(.+)$")
    return None if value is None or value.startswith(_EPOCH) else value


def _one(text: str, pattern: str) -> str | None:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1].strip() if found else None


def _none(value: str | None) -> str | None:
    return None if value in (None, "", "null") else value


def _number(value: str | None) -> int | None:
    return None if value is None else int(value)
