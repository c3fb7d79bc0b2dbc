"""What the app keeps for a further user: enough to see whose copy a removal takes."""

from __future__ import annotations

from harness.simphone.android.package_data import ce
from harness.simphone.android.volumes import user_root
from harness.simphone.contracts import FileSystem, Package
from harness.simphone.storage.identity import USER_RANGE


def put_content(fs: FileSystem, package: Package, user: int) -> list[str]:
    """One private file and one saved video of this user; returns their paths."""
    uid = package.uid + user * USER_RANGE
    private = f"{ce(package.name, user=user)}/files/draft_{user}.bin"
    saved = f"{user_root(user)}/DCIM/Camera/saved_{user}.mp4"
    for path in (private, saved):
        fs.write(path, f"of user {user}".encode(), uid=uid)
    return [private, saved]
