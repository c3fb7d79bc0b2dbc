"""Two inventories of the same package, file by file.

A path that is there again proves nothing after a reinstall: the app makes many of its
files anew. So a fresh or emptied data folder is told from a kept one first, and a file in
such a one counts as brought back only when its content is the old one.
"""

from collections.abc import Iterable
from datetime import datetime

from harness.domain.inventory import Inventory, Item
from harness.domain.package_state import moved, same_data_folder
from harness.domain.storage import CACHES, PRIVATE, Area
from harness.loss.change import Change, Difference, FileChange
from harness.loss.parts_difference import compare_parts

SAME = "The same file is still there."
ELSEWHERE = "The same file lies on another volume now: the app was moved there."
CHANGED = "The file is there and its content was changed."
ROUNDING = 2
"""Seconds by which a restored file's time may differ: FAT cards keep even seconds only."""


def difference(before: Inventory, after: Inventory) -> Difference:
    """Every item of `before`, and the app's new ones of `after`, in the order of their places.

    Raises ValueError when the two are not of one package and one user.
    """
    if (before.package, before.user) != (after.package, after.user):
        raise ValueError(
            f"the inventories are of {before.package} (user {before.user}) and of"
            f" {after.package} (user {after.user})"
        )
    later = _Later(after, moved=moved(before.state, after.state))
    pairs = [(item, later.take(item)) for item in before.items if _of_the_app(item)]
    both = [(item, found) for item, found in pairs if found is not None]
    fresh = _fresh(before, after, both)
    emptied = fresh is False and _emptied(before, after, both)
    anew = fresh is True or emptied
    changes = [
        _gone(item, after) if found is None else _there(item, found, after, anew=anew)
        for item, found in pairs
    ]
    changes += [
        FileChange(Change.NEW, None, item, "It was not there before.")
        for item in later.left()
        if _of_the_app(item) and before.sees(item.area, item.volume)
    ]
    changes.sort(key=lambda change: change.item.place)
    removed = not after.state.installed and after.state.away is None
    return Difference(tuple(changes), fresh, removed, emptied)


type Pair = tuple[Item, Item]


def _fresh(before: Inventory, after: Inventory, both: Iterable[Pair]) -> bool | None:
    """By Android's record, which also changes when data is kept: then the files decide."""
    kept = same_data_folder(before.state, after.state)
    if kept is False and any(_same_file(*pair) for pair in both if _private(pair[0])):
        return False
    return None if kept is None else not kept


def _emptied(before: Inventory, after: Inventory, both: Iterable[Pair]) -> bool:
    """Clearing an app's storage leaves its folder and none of its files (reference 0.3).

    Files that are written in place keep their inode; numbers are also used again, so a
    few equal ones among many files that are gone prove nothing.
    """
    if moved(before.state, after.state):
        return False
    had = [item for item in before.items if _private(item) and not after.absent(item.volume)]
    if all(item.area in CACHES for item in had) or not (
        after.sees(Area.CE) and after.sees(Area.DE)
    ):
        return False
    pairs = [pair for pair in both if _private(pair[0])]
    if any(_same_file(old, new) for old, new in pairs):
        return False
    return 2 * sum(old.inode == new.inode for old, new in pairs) < len(had)


def _private(item: Item) -> bool:
    return item.area in PRIVATE


def _same_file(before: Item, after: Item) -> bool:
    """Not one that was put back: that would have another inode, or another time."""
    return before.inode is not None and (before.inode, before.size, before.modified) == (
        after.inode,
        after.size,
        after.modified,
    )


def _of_the_app(item: Item) -> bool:
    """Shared files without an owner are in an inventory only to be recognised again."""
    return item.area is not Area.SHARED or item.media is None or item.media.owner is not None


class _Later:
    """The items of the later inventory, found again by place, MediaStore id or content."""

    def __init__(self, inventory: Inventory, *, moved: bool = False) -> None:
        """`moved`: the app's private folders lie on another volume than before."""
        private = [item for item in inventory.items if moved and _private(item)]
        self._by_path = {item.place[1:]: item for item in private}
        self._by_place = {item.place: item for item in inventory.items}
        shared = [item for item in inventory.items if item.area is Area.SHARED]
        self._by_row = {item.media.id: item for item in shared if item.media}
        self._by_hash = {(item.sha256, item.size): item for item in shared if item.sha256}

    def take(self, item: Item) -> Item | None:
        """The same file, and no other item gets it again."""
        found = self._by_place.get(item.place) or self._moved(item)
        if found is None and _private(item):
            found = self._by_path.get(item.place[1:])
        if found is not None:
            self._by_place.pop(found.place, None)
        return found

    def left(self) -> Iterable[Item]:
        return self._by_place.values()

    def _moved(self, item: Item) -> Item | None:
        if item.area is not Area.SHARED:
            return None
        row = self._by_row.get(item.media.id) if item.media else None
        if row is not None and row.size == item.size and row.place in self._by_place:
            return row
        same = self._by_hash.get((item.sha256, item.size)) if item.sha256 else None
        return same if same is not None and same.place in self._by_place else None


def _gone(item: Item, after: Inventory) -> FileChange:
    if after.absent(item.volume):
        reason = f"It lies on the card {item.volume}, which is not in the phone."
        return FileChange(Change.ABSENT, item, None, reason)
    hidden = next(
        (
            gap
            for gap in after.unseen
            if gap.area is item.area and gap.volume in {None, item.volume}
        ),
        None,
    )
    if hidden is not None:
        return FileChange(Change.NOT_VISIBLE, item, None, hidden.reason)
    reason = "Its place could be looked at, and it is not there any more."
    return FileChange(Change.LOST, item, None, reason, compare_parts(item.parts, None))


def _there(before: Item, after: Item, later: Inventory, *, anew: bool) -> FileChange:
    parts = compare_parts(before.parts, after.parts)
    if before.area is Area.SHARED:
        change, reason = _shared(before, after)
    elif anew and not _same_file(before, after):
        change, reason = _in_fresh_folder(before, after, later)
    elif same_content(before, after):
        change, reason = Change.KEPT, SAME if before.volume == after.volume else ELSEWHERE
    else:
        change, reason = Change.CHANGED, CHANGED
    compared = change is not Change.REMADE or _hashed(before, after) or before.size != after.size
    return FileChange(change, before, after, reason, parts, compared)


def _shared(before: Item, after: Item) -> tuple[Change, str]:
    if not same_content(before, after):
        return Change.CHANGED, CHANGED
    if _owner(before) is not None and _owner(after) != _owner(before):
        return (
            Change.ORPHANED,
            (
                "The file is there; Android no longer counts it as the app's, which needs"
                " permission now to show it."
            ),
        )
    return Change.KEPT, SAME


def _in_fresh_folder(before: Item, after: Item, later: Inventory) -> tuple[Change, str]:
    aged = abs(after.modified - before.modified) <= ROUNDING and _older(after, later)
    same = before.size == after.size
    if _hashed(before, after):
        if before.sha256 != after.sha256:
            return Change.REMADE, "Only the name is the same: the app made this file anew."
        if aged:
            return Change.RESTORED, "Its old content is back with its old time: from a backup."
        return Change.RESTORED, "A file of the same content was made afterwards."
    if same and aged:
        return (
            Change.RESTORED,
            (
                "Size and time are the old ones in a new data folder: from a backup (the content"
                " was not compared)."
            ),
        )
    if same:
        return (
            Change.REMADE,
            (
                "A file of the same name and size was made afterwards; whether its content"
                " is the old one was not compared."
            ),
        )
    return Change.REMADE, "Only the name is the same: the app made this file anew."


def _owner(item: Item) -> str | None:
    return item.media.owner if item.media else None


def _hashed(before: Item, after: Item) -> bool:
    return before.sha256 is not None and after.sha256 is not None


def _older(item: Item, later: Inventory) -> bool:
    """Older than the installation: the app itself cannot have written it then."""
    if later.state.first_install is None:
        return True
    installed = datetime.fromisoformat(later.state.first_install).timestamp()
    return item.modified < installed - ROUNDING


def same_content(before: Item, after: Item) -> bool:
    """By hash where both were hashed, else by size and time."""
    if _hashed(before, after):
        return before.sha256 == after.sha256
    return before.size == after.size and abs(before.modified - after.modified) <= ROUNDING
