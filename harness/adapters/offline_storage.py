"""Of the part `storage:` of a profile: content that is to work without network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.adapters.yaml_section import Section
from harness.domain.profile import ClearingNote, ContentKind
from harness.domain.storage_map import RowSource, StorageMap

COLUMNS = ("owner", "path", "size")
"""What a table must tell of each file, where its rows are compared with the files."""


@dataclass(frozen=True, slots=True)
class OfflinePlace:
    """The key `offline` of a class: all of it may be left out (content outside of the app)."""

    folder: str | None = None
    suffix: str = ""
    cleared: ClearingNote | None = None


@dataclass(slots=True)
class OfflineStorage:
    """What was read of it, by class."""

    places: dict[str, OfflinePlace] = field(default_factory=dict[str, OfflinePlace])
    tables: dict[str, tuple[RowSource, Mapping[str, str]]] = field(
        default_factory=dict[str, tuple[RowSource, Mapping[str, str]]]
    )

    def read_place(self, section: Section, name: str) -> None:
        """The key `offline` of the class `name`, if it has one."""
        below = section.section("offline")
        if below is None:
            return
        self.places[name] = OfflinePlace(
            folder=below.text_or_none("folder"),
            suffix=below.text("suffix", ""),
            cleared=_cleared(below.section("cleared")),
        )
        below.done()

    def read_columns(self, section: Section, source: RowSource) -> None:
        """The key `columns` of a table, if it has one. Raises SettingError."""
        columns = section.mapping("columns")
        if not columns:
            return
        for name in COLUMNS:
            if name not in columns:
                raise section.need("columns").error(f"needs the key {name!r}")
        self.tables[source.content] = (source, columns)

    def kinds(self, storage: StorageMap) -> tuple[ContentKind, ...]:
        """In the order of the classes."""
        limits = {life.content: life.least_free for life in storage.lives}
        found: list[ContentKind] = []
        for known in storage.classes:
            place = self.places.get(known.name)
            if place is None:
                continue
            source, columns = self.tables.get(known.name, (None, {}))
            found.append(
                ContentKind(
                    name=known.name,
                    label=known.one,
                    folder=place.folder,
                    suffix=place.suffix,
                    database=source.path if source else None,
                    table=source.table if source else None,
                    columns=dict(columns),
                    cleared=place.cleared,
                    minimum_free=limits.get(known.name),
                )
            )
        return tuple(found)


def _cleared(section: Section | None) -> ClearingNote | None:
    if section is None:
        return None
    names = ("database", "table", "column", "value", "time")
    found = ClearingNote(*(section.text(name) for name in names))
    section.done()
    return found
