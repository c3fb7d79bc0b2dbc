"""The folders that belong to a package, and what each operation does to them.

Uninstall removes three external trees besides the internal ones; `pm clear`
empties internal data, `Android/data` and `Android/media` but keeps the OBB
(installd's clearAppData and destroyAppData).
"""

from __future__ import annotations

import errno

from harness.simphone.android.volumes import EXPAND, PRIMARY, shared_roots, user_root
from harness.simphone.contracts import FileSystem
from harness.simphone.storage.identity import USER_RANGE

CE_FOLDERS = ("cache", "code_cache", "files", "databases", "shared_prefs", "no_backup")
DE_FOLDERS = ("cache", "code_cache")
EXTERNAL_GROUPS = {"data": 1078, "media": 1023, "obb": 1079}  # ext_data_rw, media_rw, ext_obb_rw
SANDBOXES = ("/data/misc_ce/0/sdksandbox", "/data/misc_de/0/sdksandbox")
"""Advertising code's own data of an app, API 33 and later; made when it is first used."""
CACHE_GID_OFFSET = 10_000  # u0_a142 caches belong to u0_a142_cache = 20142


def ce(package: str, volume: str = "", user: int = 0) -> str:
    """The folder that opens at the first unlock; `volume`: UUID of the adopted card it lies on."""
    return f"{top(volume)}/user/{user}/{package}"


def de(package: str, volume: str = "", user: int = 0) -> str:
    """The folder that is open before the first unlock."""
    return f"{top(volume)}/user_de/{user}/{package}"


def top(volume: str) -> str:
    """Where code and private folders of a volume lie: the phone's own, or an adopted card."""
    return f"{EXPAND}/{volume}" if volume else "/data"


def create(fs: FileSystem, package: str, uid: int, volume: str = "", *, user: int = 0) -> int:
    """Makes the internal folders as installd does; returns the CE folder's inode."""
    uid += user * USER_RANGE
    roots = ((ce(package, volume, user), CE_FOLDERS), (de(package, volume, user), DE_FOLDERS))
    for root, folders in roots:
        _mkdir(fs, root, uid, uid, 0o700)
        for folder in folders:
            cache = folder in ("cache", "code_cache")
            gid = uid + CACHE_GID_OFFSET if cache else uid
            _mkdir(fs, f"{root}/{folder}", uid, gid, 0o2771 if cache else 0o771)
    return fs.stat(ce(package, volume, user)).ino


def external(
    fs: FileSystem, package: str, uid: int, kind: str = "data", root: str = PRIMARY
) -> str:
    """Makes (when missing) and returns `<root>/Android/<kind>/<package>`; a root is a volume."""
    path = f"{root}/Android/{kind}/{package}"
    _mkdir(fs, path, uid, EXTERNAL_GROUPS[kind], 0o2770)
    return path


def external_folders(fs: FileSystem, package: str, kinds: tuple[str, ...]) -> list[str]:
    """The package's folders below Android on all mounted volumes, there or not."""
    return [f"{root}/Android/{kind}/{package}" for root in shared_roots(fs) for kind in kinds]


def sandboxes(package: str) -> list[str]:
    """The package's folders for advertising code, there or not."""
    return [f"{top}/{package}" for top in SANDBOXES]


def make_sandboxes(fs: FileSystem, package: str, uid: int) -> list[str]:
    """Makes and returns them, as the first use of an advertising kit does."""
    made = sandboxes(package)
    for path in made:
        _mkdir(fs, path, uid, uid, 0o700)
    return made


def clear(fs: FileSystem, package: str, uid: int, volume: str = "") -> None:
    """`pm clear`: contents go, the folders stay, OBB is not touched."""
    for root in (ce(package, volume), de(package, volume), *sandboxes(package)):
        _empty(fs, root)
    for folder in external_folders(fs, package, ("data", "media")):
        _empty(fs, folder)
    create(fs, package, uid, volume)


def destroy(fs: FileSystem, package: str, volume: str = "") -> None:
    """Uninstall: internal data, and three trees on every volume that is mounted now."""
    roots = [ce(package, volume), de(package, volume), *sandboxes(package)]
    roots += external_folders(fs, package, tuple(EXTERNAL_GROUPS))
    for root in roots:
        remove(fs, root)


def destroy_for(
    fs: FileSystem, package: str, user: int, kinds: tuple[str, ...] = tuple(EXTERNAL_GROUPS)
) -> None:
    """Uninstall for another user than the owner: cards are the owner's and are left alone."""
    external_of_user = [f"{user_root(user)}/Android/{kind}/{package}" for kind in kinds]
    for root in (ce(package, user=user), de(package, user=user), *external_of_user):
        remove(fs, root)


def drop_code_cache(fs: FileSystem, package: str, volume: str = "") -> None:
    """What an update does to the data: only the compiled code goes."""
    for root in (ce(package, volume), de(package, volume)):
        _empty(fs, f"{root}/code_cache")


def trim_cache(fs: FileSystem, package: str, volume: str = "") -> None:
    """What the system does when space is low: cached files go, all else stays."""
    external_data = external_folders(fs, package, ("data",))
    for root in (ce(package, volume), de(package, volume), *external_data):
        _empty(fs, f"{root}/cache")


def size(fs: FileSystem, path: str) -> int:
    """Bytes of all files below `path`; 0 when it is missing."""
    total = 0
    for name in _list(fs, path):
        child = f"{path}/{name}"
        status = fs.stat(child, follow=False)
        is_folder = status.mode & 0o170000 == 0o040000
        total += size(fs, child) if is_folder else status.size
    return total


def remove(fs: FileSystem, path: str) -> None:
    """Removes a tree; a missing one is fine."""
    try:
        fs.remove(path, recursive=True)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENOTDIR):
            raise


def _mkdir(fs: FileSystem, path: str, uid: int, gid: int, mode: int) -> None:
    try:
        fs.mkdir(path, uid=0, gid=gid, mode=mode, parents=True)
    except FileExistsError:
        return
    fs.chown(path, uid, gid)
    fs.chmod(path, mode)


def _empty(fs: FileSystem, path: str) -> None:
    for name in _list(fs, path):
        remove(fs, f"{path}/{name}")


def _list(fs: FileSystem, path: str) -> list[str]:
    try:
        return fs.listdir(path)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENOTDIR):
            raise
        return []
