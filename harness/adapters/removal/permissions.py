"""Runtime permissions that a person gave the app: lost with it, and given again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.adapters.adb.device import quote
from harness.adapters.adb.text.package import package_block
from harness.ports import DeviceControl

_SECTION = re.compile(r"^ +runtime permissions:\n((?: +[\w.]+: granted=.*\n?)*)", re.MULTILINE)
_NEXT_USER = re.compile(r"^    User \d+:", re.MULTILINE)
_GRANTED = re.compile(r"^ +([\w.]+): granted=true", re.MULTILINE)


def granted_permissions(device: DeviceControl, package: str, *, user: int = 0) -> tuple[str, ...]:
    """Names, as the user's part of `dumpsys package` has them. Raises InstrumentError."""
    dump = device.shell(f"dumpsys package {quote(package)}", timeout=30.0).stdout
    block = package_block(dump, package) or ""
    _, found, own = block.partition(f"    User {user}:")
    section = _SECTION.search(_NEXT_USER.split(own, maxsplit=1)[0]) if found else None
    return tuple(_GRANTED.findall(section[1])) if section else ()


def grant_again(
    device: DeviceControl, package: str, names: Sequence[str], *, user: int = 0
) -> tuple[str, ...]:
    """Gives them back; returns those that the phone refused."""
    refused = [
        name
        for name in names
        if not device.shell(f"pm grant --user {user} {quote(package)} {quote(name)}").ok
    ]
    return tuple(refused)
