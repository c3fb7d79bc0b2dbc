"""What became of one file, row or preference between two inventories."""

from dataclasses import dataclass
from enum import StrEnum

from harness.domain.inventory import Item


class Change(StrEnum):
    """Closed list; `remade` and `restored` need a fresh data folder."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"
    ORPHANED = "orphaned"  # there, but MediaStore no longer says that the app made it
    RESTORED = "restored"  # deleted, then brought back: its content is the old one
    REMADE = "remade"  # deleted; the app made another one of the same name
    NEW = "new"
    ABSENT = "absent"  # it lies on a card that is not in the phone now
    NOT_VISIBLE = "not_visible"  # its place could not be looked at afterwards


@dataclass(frozen=True, slots=True)
class PartsChange:
    """The inside of one file: how many rows of a table, or preferences."""

    name: str  # table; "" = preferences
    kept: int = 0
    changed: int = 0
    lost: int = 0
    new: int = 0
    uncompared: int = 0  # rows that were counted only, or not readable afterwards
    kept_keys: tuple[str, ...] = ()  # keyed hashes, or what the profile lets us name
    changed_keys: tuple[str, ...] = ()
    lost_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file. `before` None = new; `after` None = not there, or not visible."""

    change: Change
    before: Item | None
    after: Item | None
    reason: str  # how it is known, one sentence
    parts: tuple[PartsChange, ...] = ()
    compared: bool = True  # the content, by hash, or by size and time

    @property
    def item(self) -> Item:
        """The earlier look at it, else the later one."""
        found = self.before or self.after
        if found is None:
            raise ValueError("a change needs a file before or after")
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """All files of two inventories. `fresh` = the data folder is another one; None = unknown."""

    changes: tuple[FileChange, ...]
    fresh: bool | None
    removed: bool  # the app is not installed afterwards
    emptied: bool = False  # the folder is the same, and none of its files is

    @property
    def deleted(self) -> bool:
        """All that the app kept in folders of its own was deleted in between."""
        return self.removed or self.emptied or self.fresh is True

    def count(self, change: Change) -> int:
        """How many files."""
        return sum(1 for entry in self.changes if entry.change is change)
