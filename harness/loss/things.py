"""Groups files and rows into what a person calls one thing: a draft, an offline video."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.domain.inventory import Item
from harness.domain.storage import Area
from harness.domain.storage_map import (
    ContentClass,
    StorageMap,
    StoragePattern,
    class_named,
    recognise,
    row_source,
)
from harness.loss.change import Change, FileChange, PartsChange

type Key = tuple[str, str, str]
"""Volume, area, and the path up to the thing's own name."""


@dataclass(slots=True)
class Thing:
    """One thing with its files, and what became of its row in the app's list."""

    content: ContentClass
    item: str | None = None
    files: list[tuple[FileChange, StoragePattern | None]] = field(
        default_factory=list[tuple[FileChange, StoragePattern | None]]
    )
    row: Change | None = None  # kept, changed, lost; None = no row seen
    row_file: FileChange | None = None  # the database that its row is in
    stamp: int | None = None  # Unix milliseconds

    @property
    def size(self) -> int:
        """Bytes that it took before."""
        return sum(change.item.size for change, _ in self.files)

    @property
    def age(self) -> tuple[int, str]:
        """For numbering: the oldest is number 1."""
        first = min((change.item.modified for change, _ in self.files), default=0)
        stamp = first * 1000 if self.stamp is None else self.stamp
        return (stamp, self.item or "")


@dataclass(slots=True)
class Gathered:
    """Everything of one class. `rest` are its files that belong to no single thing."""

    content: ContentClass
    things: dict[Key, Thing] = field(default_factory=dict[Key, Thing])
    rest: list[tuple[FileChange, StoragePattern | None]] = field(
        default_factory=list[tuple[FileChange, StoragePattern | None]]
    )
    rows: list[tuple[FileChange, PartsChange]] = field(
        default_factory=list[tuple[FileChange, PartsChange]]
    )


def gather(changes: Iterable[FileChange], storage: StorageMap) -> dict[str, Gathered]:
    """By class, in the order of the profile's classes, then of the files."""
    found = {entry.name: Gathered(entry) for entry in storage.classes}
    listed: list[FileChange] = []
    for change in changes:
        if change.before is None:
            continue
        item = change.before
        seen = recognise(storage, item.area, item.path, owned=_owned(item))
        group = found.setdefault(item.content, Gathered(class_named(storage, item.content)))
        if group.content.told == "each" and seen.item_path is not None:
            key = (item.volume, item.area.value, seen.item_path)
            thing = group.things.setdefault(key, Thing(group.content, seen.item))
            thing.files.append((change, seen.pattern))
        else:
            group.rest.append((change, seen.pattern))
        if item.parts is not None and item.parts.tables:
            listed.append(change)
    for change in listed:
        _add_rows(found, change, storage)
    return found


def _owned(item: Item) -> bool:
    return item.area is Area.SHARED and item.media is not None and item.media.owner is not None


def _add_rows(found: dict[str, Gathered], change: FileChange, storage: StorageMap) -> None:
    """Joins the rows of the tables that the profile names to their things."""
    item = change.item
    tables = item.parts.tables if item.parts else ()
    by_name = {part.name: part for part in change.parts}
    for table in tables:
        source = row_source(storage, item.path, table.table)
        if source is None:
            continue
        group = found.setdefault(source.content, Gathered(class_named(storage, source.content)))
        part = by_name.get(table.table, PartsChange(table.table, uncompared=table.count))
        if group.content.told != "each" or source.item is None:
            group.rows.append((change, part))
            continue
        filed = any(
            pattern.content == source.content and "{item}" in pattern.path
            for pattern in storage.files
        )
        if not filed:
            for row in table.rows:
                key = row.item or row.key
                place = (item.volume, item.area.value, f"{item.path}:{table.table}:{key}")
                group.things[place] = Thing(group.content, key)
        # A row whose file was gone before already stands for nothing that could be lost.
        rows = {row.item or row.key: row for row in table.rows}
        for thing in group.things.values():
            row = rows.get(thing.item or "")
            if row is not None:
                thing.row = _row_change(part, row.item or row.key)
                thing.row_file, thing.stamp = change, row.stamp


def _row_change(part: PartsChange, key: str) -> Change | None:
    if key in part.lost_keys:
        return Change.LOST
    if key in part.changed_keys:
        return Change.CHANGED
    return Change.KEPT if key in part.kept_keys else None
