"""Reads what speaks against destroying anything on this phone; the domain judges it."""

from __future__ import annotations

import re

from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.device import quote
from harness.adapters.adb.text.battery import read_battery
from harness.adapters.adb.text.storage import read_df
from harness.adapters.adb.text.users import read_users
from harness.domain.interlock import Circumstances
from harness.domain.package_state import PackageState
from harness.domain.removal import Arm
from harness.ports import DeviceControl

_MEDIA = "content query --uri content://media/external/{kind}/media --projection _id"


def read_circumstances(
    device: DeviceControl,
    state: PackageState,
    *,
    package: str,
    arm: Arm,
    entry_allows: bool,
    run_allows: bool,
    test_account: bool,
    named: bool,
    attended: bool,
    user: int = 0,
    may_remove_copies: bool = False,
) -> Circumstances:
    """Two round trips; what the phone does not tell is None. Raises InstrumentError."""
    commands = {
        "battery": "dumpsys battery",
        "df": "df -k /data",
        "code": f"for p in $(pm path --user {user} {quote(package)} | sed s/^package://);"
        " do stat -c %s $p; done",
        "user": f"am get-started-user-state {user}",
        "accounts": "dumpsys account",
        "calls": "content query --uri content://call_log/calls --projection _id",
        "images": _MEDIA.format(kind="images"),
        "videos": _MEDIA.format(kind="video"),
        "owner": "dumpsys device_policy",
        "cards": "sm list-volumes private",
        "users": "pm list users",
    }
    text = read_batch(device, commands, timeout=40.0)
    space = read_df(text["df"])
    media = [_rows(text["images"]), _rows(text["videos"])]
    return Circumstances(
        phone=device.name,
        arm=arm,
        entry_allows=entry_allows,
        run_allows=run_allows,
        test_account=test_account,
        named=named,
        attended=attended,
        installed=state.installed,
        preinstalled=state.preinstalled,
        archived=state.archived,
        unlocked=_unlocked(text["user"]),
        battery=read_battery(text["battery"]),
        free_bytes=space[1] if space else None,
        code_bytes=sum(int(word) for word in text["code"].split() if word.isdigit()),
        other_users=state.other_users,
        clones=tuple(
            found.id
            for found in read_users(text["users"])
            if found.kind == "clone" and found.id in state.other_users
        ),
        may_remove_copies=may_remove_copies,
        managed=_managed(text["owner"], user),
        absent_card=state.away or _absent_card(text["cards"]),
        accounts=_accounts(text["accounts"]),
        calls=_rows(text["calls"]),
        media=None if None in media else sum(count or 0 for count in media),
    )


def _unlocked(text: str) -> bool | None:
    """`am get-started-user-state`: RUNNING_UNLOCKED, RUNNING_LOCKED (before the first unlock)."""
    word = text.strip()
    if "UNLOCKED" in word:
        return True
    return False if "RUNNING_LOCKED" in word else None


def _rows(text: str) -> int | None:
    """Rows of a `content query`; None when the provider did not answer."""
    if "No result found" in text:
        return 0
    return len(re.findall(r"^Row: \d+", text, re.MULTILINE)) or None


def _accounts(text: str) -> int | None:
    counts = re.findall(r"^\s*Accounts: (\d+)", text, re.MULTILINE)
    return sum(int(count) for count in counts) if counts else None


def _managed(text: str, user: int) -> bool | None:
    """A "Device Owner:" block of `dumpsys device_policy`, or the user's own "Profile Owner".

    The owner of a work profile manages that profile, and not the person's own apps."""
    if not text.strip():
        return None
    own = rf"^\s*(Device Owner:|Profile Owner \(User {user}\))"
    return re.search(own, text, re.MULTILINE) is not None


def _absent_card(text: str) -> str | None:
    """An adopted volume (`private:MAJOR,MINOR STATE UUID`) that is not mounted."""
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 2 and words[0].startswith("private:") and words[1] != "mounted":
            return words[2] if len(words) > 2 else words[0]
    return None
