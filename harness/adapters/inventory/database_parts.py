"""The rows of an app's SQLite database as keyed hashes; no value leaves this module."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from harness.adapters.inventory.write_ahead_log import MAGIC, merged
from harness.domain.parts import Parts, RowPart, TableParts
from harness.domain.storage_map import RowSource, StorageMap, row_source
from harness.redaction.pseudonym import Pseudonyms

MOST_ROWS = 20_000
"""Rows of one table that are hashed; longer tables are counted."""
SECONDS = 20.0
_STEPS = 10_000  # of SQLite's machine between two looks at the clock


def read_database(
    path: str, database: bytes, log: bytes, storage: StorageMap, tags: Pseudonyms
) -> Parts:
    """`path` as inventories have it; `log` is the write-ahead log, b"" without one.

    Take it while the app is stopped: a log that is being written may lack its last rows.
    What is no database, is encrypted or damaged gives `Parts.problem`.
    """
    if database[: len(MAGIC)] != MAGIC:
        return Parts(problem="it is no SQLite database, or it is encrypted")
    link = sqlite3.connect(":memory:")
    deadline = time.monotonic() + SECONDS
    link.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        link.text_factory = bytes
        link.deserialize(merged(database, log))
        link.execute("PRAGMA trusted_schema = OFF")
        names = [
            row[0].decode("utf-8", "replace")
            for row in link.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            )
        ]
        tables = [_table(link, name, row_source(storage, path, name), tags) for name in names]
    except sqlite3.Error as error:
        return Parts(problem=f"SQLite cannot read it: {error}")
    finally:
        link.close()
    return Parts(tables=tuple(tables))


def _table(
    link: sqlite3.Connection, name: str, source: RowSource | None, tags: Pseudonyms
) -> TableParts:
    quoted = _quoted(name)
    (count,) = link.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608 - a quoted name
    columns = link.execute(f"PRAGMA table_info({quoted})").fetchall()
    names = [column[1].decode("utf-8", "replace") for column in columns]
    keys = [index for index, column in enumerate(columns) if column[5]]
    rows = link.execute(
        f"SELECT {', '.join(map(_quoted, names))} FROM {quoted} LIMIT {MOST_ROWS}"  # noqa: S608
    )
    parts = [_row(row, names, keys, source, tags) for row in rows]
    return TableParts(name, int(count), tuple(_told_apart(parts)))


def _told_apart(parts: Iterable[RowPart]) -> Iterator[RowPart]:
    """Rows that are alike get keys of their own, so that each counts."""
    seen: Counter[str] = Counter()
    for part in parts:
        seen[part.key] += 1
        again = seen[part.key]
        yield part if again == 1 else replace(part, key=f"{part.key}#{again}")


def _row(
    row: Sequence[object],
    names: list[str],
    keys: list[int],
    source: RowSource | None,
    tags: Pseudonyms,
) -> RowPart:
    value = tags.tag(repr(tuple(row)))
    key = tags.tag(repr([row[index] for index in keys])) if keys else value
    item = _column(row, names, source.item if source else None)
    stamp = _column(row, names, source.stamp if source else None)
    return RowPart(
        key,
        value,
        item.decode("utf-8", "replace") if isinstance(item, bytes) else _text(item),
        stamp if isinstance(stamp, int) else None,
    )


def _column(row: Sequence[object], names: list[str], name: str | None) -> object:
    return row[names.index(name)] if name is not None and name in names else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
