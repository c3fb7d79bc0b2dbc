"""Which other users of a phone have the app."""

from __future__ import annotations

from collections.abc import Collection

from harness.adapters.adb.text.package import package_block
from harness.adapters.adb.text.package_state import other_users
from harness.adapters.adb.text.users import read_users
from harness.domain.app_copies import AppCopy
from harness.ports import DeviceControl


def copies_of(holders: Collection[int], users: str) -> tuple[AppCopy, ...]:
    """`holders`: who has it; `users`: the text of `pm list users`, which tells their kinds."""
    kinds = {user.id: user.kind for user in read_users(users)}
    return tuple(AppCopy(user, kinds.get(user, "other")) for user in sorted(holders))


def read_copies(device: DeviceControl, package: str, *, user: int = 0) -> tuple[AppCopy, ...]:
    """Beside `user`'s own. Raises InstrumentError("adb", …) when the phone is gone."""
    dump = device.shell(f"dumpsys package {package}", timeout=30.0).stdout
    users = device.shell("pm list users", timeout=30.0).stdout
    return copies_of(other_users(package_block(dump, package) or "", user), users)
