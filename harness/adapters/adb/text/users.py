"""`pm list users`: names may hold colons; flags are hexadecimal (android-storage 8.9)."""

from __future__ import annotations

import re

from harness.domain.capabilities import PhoneUser, kind_of_user

_USER = re.compile(r"UserInfo\{(\d+):(.*):([0-9a-fA-F]+)\}( running)?")
_INSTALLED = re.compile(r"^\s*User (\d+):.*\binstalled=(true|false)", re.MULTILINE)


def read_users(text: str, package_dump: str = "") -> tuple[PhoneUser, ...]:
    """All users; `package_dump` (`dumpsys package NAME`) tells which of them have the app."""
    has = {int(found[1]): found[2] == "true" for found in _INSTALLED.finditer(package_dump)}
    return tuple(
        PhoneUser(
            id=int(found[1]),
            name=found[2],
            kind=kind_of_user(int(found[1]), int(found[3], 16)),
            running=found[4] is not None,
            has_app=has.get(int(found[1])) if has else None,
        )
        for found in _USER.finditer(text)
    )
