"""The folders of one app on all volumes, as the chosen tier reaches them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.adapters.inventory.access import Access
from harness.domain.inventory import Volume
from harness.domain.storage import INTERNAL, Area
from harness.domain.storage_map import StorageMap, fixed_start

_BELOW = {
    Area.CE: {
        "cache": Area.CACHE,
        "code_cache": Area.CODE_CACHE,
        "no_backup": Area.NO_BACKUP,
    },
    Area.DE: {"cache": Area.DE_CACHE, "code_cache": Area.DE_CACHE},
    Area.EXTERNAL_DATA: {"cache": Area.EXTERNAL_CACHE},
}


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder to list. Paths of its files are told relative to `top`, after `prefix`."""

    area: Area
    volume: str
    root: str
    top: str
    private: bool = False  # needs Access.private
    prefix: str = ""

    def path_of(self, absolute: str) -> str:
        """A file's path as inventories have it."""
        return self.prefix + absolute[len(self.top) + 1 :]

    def area_of(self, path: str) -> Area:
        """Caches and the like are areas of their own within a folder."""
        below = _BELOW.get(self.area)
        return below.get(path.partition("/")[0], self.area) if below else self.area


def volume_top(access: Access, volume: str) -> str:
    """Where the shared files of a volume begin; root goes round FUSE (reference 2.1)."""
    if volume == INTERNAL:
        return f"/data/media/{access.user}" if access.root else f"/storage/emulated/{access.user}"
    return f"/mnt/media_rw/{volume}" if access.root else f"/storage/{volume}"


def all_trees(
    access: Access, volumes: Sequence[Volume], storage: StorageMap, *, api: int
) -> list[Tree]:
    """Private folders where the tier reaches them, and Android/ of each mounted volume."""
    found: list[Tree] = []
    if access.inside:
        found += _private(access, "/data", INTERNAL, api)
        for volume in volumes:
            if volume.kind == "adopted" and volume.id.startswith("private") and volume.mounted:
                found += _private(access, f"/mnt/expand/{volume.name}", volume.name, api)
    for name in volume_names(volumes, access.user):
        top = volume_top(access, name)
        for area, folder in (
            (Area.EXTERNAL_DATA, "data"),
            (Area.MEDIA, "media"),
            (Area.OBB, "obb"),
        ):
            root = f"{top}/Android/{folder}/{access.package}"
            found.append(Tree(area, name, root, root))
        for folder in shared_folders(storage):
            found.append(Tree(Area.SHARED, name, f"{top}/{folder}", top))
    return found


def volume_names(volumes: Iterable[Volume], user: int = 0) -> list[str]:
    """Volumes that hold shared files: the phone's own first, then mounted cards.

    A portable card is mounted for the owner: what lies there is no other user's.
    """
    if user:
        return [INTERNAL]
    cards = [volume.name for volume in volumes if volume.kind == "card" and volume.mounted]
    return [INTERNAL, *(name for name in cards if name)]


def shared_folders(storage: StorageMap) -> list[str]:
    """Folders of shared storage that belong to the app whatever MediaStore says."""
    return _folders(storage, owned=False)


def owned_folders(storage: StorageMap) -> list[str]:
    """Folders of shared storage in which the app's files lie among others."""
    return _folders(storage, owned=True)


def _folders(storage: StorageMap, *, owned: bool) -> list[str]:
    found = [
        fixed_start(pattern.path).rpartition("/")[0]
        for pattern in storage.files
        if Area.SHARED in pattern.areas and pattern.owned is owned
    ]
    return [folder for folder in dict.fromkeys(found) if folder]


def _private(access: Access, data: str, volume: str, api: int) -> list[Tree]:
    user, package = access.user, access.package
    places = [
        (Area.CE, f"{data}/user/{user}/{package}", ""),
        (Area.DE, f"{data}/user_de/{user}/{package}", ""),
    ]
    if access.root and api >= 33:
        places += [
            (Area.SANDBOX, f"{data}/misc_{kind}/{user}/sdksandbox/{package}", f"{kind}/")
            for kind in ("ce", "de")
        ]
    return [
        Tree(area, volume, root, root, private=True, prefix=prefix) for area, root, prefix in places
    ]
