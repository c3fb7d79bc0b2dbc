"""From listed files and MediaStore's rows to the items of an inventory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from harness.adapters.inventory.access import Access
from harness.adapters.inventory.listing import Listed
from harness.adapters.inventory.media_rows import MediaFile
from harness.adapters.inventory.trees import Tree, volume_top
from harness.domain.inventory import Item, MediaRow
from harness.domain.storage import Area
from harness.domain.storage_map import Recognised, StorageMap, recognise
from harness.redaction.pseudonym import Pseudonyms

_HIDDEN = (".pending-", ".trashed-")
"""MediaStore's names for half-written files and those in the trash: no videos that a person
has, and both go by themselves after some days (reference 1)."""

type Place = tuple[str, str]
"""Volume and path relative to its top."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item, and where the phone has it (in clear: only for further calls)."""

    item: Item
    absolute: str
    private: bool = False


def asked_paths(
    access: Access, media: Iterable[MediaFile], earlier: Iterable[Item], known: Iterable[str]
) -> dict[str, Place]:
    """Shared files to look at by name: those of MediaStore's rows and of an earlier look."""
    volumes = set(known)
    # What lies in the app's own folders is listed there.
    own = tuple(f"Android/{folder}/{access.package}/" for folder in ("data", "media", "obb"))
    places = [(file.volume, file.path) for file in media if not file.path.startswith(own)]
    places += [(item.volume, item.path) for item in earlier if item.area is Area.SHARED]
    return {
        f"{volume_top(access, volume)}/{path}": (volume, path)
        for volume, path in places
        if volume in volumes and "\0" not in path
    }


def found_items(
    listed: Iterable[Listed],
    trees: Sequence[Tree],
    asked: Mapping[str, Place],
    media: Iterable[MediaFile],
    package: str,
    storage: StorageMap,
    tags: Pseudonyms,
) -> list[Found]:
    """Each file once. Ids of accounts in paths become pseudonyms."""
    rows = {(file.volume, file.path): file.row for file in media}
    found: dict[str, Found] = {}
    accounts: set[str] = set()
    for file in listed:
        tree = trees[file.tree] if file.tree is not None else None
        if tree is None:
            place = asked.get(file.path)
            if place is None:
                continue
            area, volume, path, private = Area.SHARED, *place, False
        else:
            path, volume, private = tree.path_of(file.path), tree.volume, tree.private
            area = tree.area_of(path)
        row = rows.get((volume, _media_path(area, path, package)))
        hidden = area is Area.SHARED and path.rpartition("/")[2].startswith(_HIDDEN)
        seen = Recognised() if hidden else recognise(storage, area, path, owned=_owned(row))
        if seen.account:
            accounts.add(seen.account)
        item = Item(
            area=area,
            path=path,
            size=file.size,
            modified=file.modified,
            content=seen.content,
            volume=volume,
            inode=file.inode,
            uid=file.uid,
            media=row,
        )
        found[file.path] = Found(item, file.path, private)
    return _without_accounts(found.values(), accounts, tags)


def _media_path(area: Area, path: str, package: str) -> str:
    """The path within the volume, by which MediaStore knows a file; "" = it knows none."""
    if area is Area.SHARED:
        return path
    return f"Android/media/{package}/{path}" if area is Area.MEDIA else ""


def _owned(row: MediaRow | None) -> bool:
    return row is not None and row.owner is not None


def _without_accounts(
    found: Iterable[Found], accounts: Iterable[str], tags: Pseudonyms
) -> list[Found]:
    """Longest first: an id may be part of another one."""
    names = [(name, tags.tag(name)) for name in sorted(accounts, key=len, reverse=True)]
    if not names:
        return list(found)
    cleaned: list[Found] = []
    for entry in found:
        path = entry.item.path
        for name, tag in names:
            if name in path:
                path = path.replace(name, tag)
        same = path == entry.item.path
        cleaned.append(entry if same else replace(entry, item=replace(entry.item, path=path)))
    return cleaned
