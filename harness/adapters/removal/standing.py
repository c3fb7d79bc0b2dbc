"""How the app stands on the phone at this moment, in one round trip.

Read by one reader before and after, so that times need no zone to be compared.
"""

from __future__ import annotations

import re
from dataclasses import replace

from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.device import quote
from harness.adapters.adb.package import read_signer
from harness.adapters.adb.text.package import (
    package_block,
    read_archived,
    read_away,
    read_data_folder,
    read_package,
    user_block,
)
from harness.domain.package_state import PackageState
from harness.ports import DeviceControl


def read_standing(
    device: DeviceControl, package: str, *, user: int = 0, signer: bool = False
) -> PackageState:
    """`signer`: read the certificate too (a few round trips more). Times stay the phone's own.
    Raises InstrumentError when the phone is gone."""
    name = quote(package)
    holders = (
        "for u in $(pm list users | sed -n 's/.*UserInfo{\\([0-9]*\\):.*/\\1/p');"
        f" do [ $u = {user} ] || pm path --user $u {name} >/dev/null 2>&1 && echo $u; done"
    )
    text = read_batch(
        device,
        {
            "path": f"pm path --user {user} {name}",
            "dump": f"dumpsys package {name}",
            "kept": f"pm list packages -u {name}",
            "users": holders,
        },
        timeout=40.0,
    )
    paths = tuple(
        line.removeprefix("package:").strip()
        for line in text["path"].splitlines()
        if line.startswith("package:")
    )
    others = tuple(
        int(word) for word in text["users"].split() if word.isdigit() and int(word) != user
    )
    block = package_block(text["dump"], package) or ""
    own = user_block(block, user)
    archived, away = read_archived(own), read_away(block, text["path"], user)
    listed = not paths and f"package:{package}" in text["kept"].split()
    remnant = listed and not (archived or others or away)  # -u lists what others have as well
    dump = read_package(text["dump"], package, user)
    if dump is None or not (paths or listed):
        return PackageState(installed=bool(paths), code_paths=paths, data_kept=remnant)
    state = PackageState(
        installed=bool(paths) and dump.installed,
        uid=dump.uid,
        ce_inode=_number(own, "ceDataInode"),
        de_inode=_number(own, "deDataInode"),
        first_install=dump.first_install,
        last_update=dump.last_update,
        installer=dump.installer,
        version_name=dump.version_name,
        version_code=dump.version_code,
        flags=dump.flags,
        code_paths=paths,
        splits=_splits(block),
        preinstalled=dump.updated_system_app or "SYSTEM" in dump.flags,
        data_kept=remnant,
        archived=archived,
        data_folder=read_data_folder(block, user),
        other_users=others,
        away=away,
    )
    return replace(state, signer=read_signer(device, package)) if signer else state


def phone_id(device: DeviceControl) -> str | None:
    """Android's id of this phone and its shell user; new after a factory reset only."""
    text = device.shell("settings get secure android_id").stdout.strip()
    return text if re.fullmatch(r"[0-9a-f]{8,}", text) else None


def _number(text: str, key: str) -> int | None:
    """A positive number of the user's block; 0 stands for "no folder"."""
    found = re.search(rf"\b{key}=([1-9]\d*)", text)
    return None if found is None else int(found[1])


def _splits(text: str) -> tuple[str, ...]:
    found = re.search(r"^\s+splits=\[([^\]]*)\]", text, re.MULTILINE)
    return tuple(word.strip() for word in found[1].split(",") if word.strip()) if found else ()
