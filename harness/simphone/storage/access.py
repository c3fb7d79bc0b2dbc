"""Who may do what with a file: the classic rwx rule and the rule of /sdcard.

`want` is the sum of 4 (read), 2 (write) and 1 (execute, or pass through).
"""

from __future__ import annotations

from harness.simphone.contracts import ROOT_UID, SHELL_UID
from harness.simphone.storage.identity import USER_RANGE, groups_of, is_app

READ = 4
WRITE = 2
EXECUTE = 1


def permits(mode: int, owner: int, group: int, *, uid: int, want: int) -> bool:
    """The rwx rule of POSIX; root may all."""
    if uid == ROOT_UID:
        return True
    if uid == owner:
        granted = mode >> 6
    elif group in groups_of(uid):
        granted = mode >> 3
    else:
        granted = mode
    return granted & want == want


def is_private(inside: str) -> bool:
    """Whether a path below /storage/emulated is Android/data, Android/obb or lies there."""
    parts = inside.split("/")
    return len(parts) >= 3 and parts[1] == "Android" and parts[2] in {"data", "obb"}


def shared_storage_permits(
    inside: str, owner: int, *, uid: int, want: int, shell_sees_app_folders: bool
) -> bool:
    """The rule of the FUSE volume behind /sdcard since API 30.

    `inside` is the path below /storage/emulated, e.g. `0/Android/data/a.b/files`.
    Apps reach everything but other apps' folders in Android/data and
    Android/obb, and may make their own there without seeing the others. The
    shell reaches those only where its groups `ext_data_rw` and `ext_obb_rw`
    count, which differs by maker.
    """
    if uid == ROOT_UID:
        return True
    parts = inside.split("/")
    if (
        parts[0].isdigit()
        and int(parts[0]) != uid // USER_RANGE
        and (is_app(uid) or uid == SHELL_UID)
    ):
        return False  # another user's: not even to be passed through
    if not is_private(inside):
        return True
    if uid == SHELL_UID:
        return shell_sees_app_folders or (len(parts) == 3 and want == EXECUTE)
    if not is_app(uid):
        return True
    return want & READ == 0 if len(parts) == 3 else uid == owner
