"""Rows of databases and entries of preferences, compared by their keyed hashes."""

from collections.abc import Mapping
from dataclasses import replace

from harness.domain.parts import Parts, TableParts
from harness.loss.change import PartsChange


def compare_parts(before: Parts | None, after: Parts | None) -> tuple[PartsChange, ...]:
    """One change a table, and one for the preferences, in the order of `before`.

    Empty when `before` was not read. An `after` of None is a file that is gone.
    """
    if before is None or before.problem is not None:
        return ()
    readable = after is None or after.problem is None
    later = {table.table: table for table in (after.tables if after and readable else ())}
    changes = [_table(table, later.get(table.table), readable=readable) for table in before.tables]
    known = {table.table for table in before.tables}
    changes += [
        PartsChange(name, new=table.count) for name, table in later.items() if name not in known
    ]
    old = {part.key: part.value for part in before.preferences}
    new = {part.key: part.value for part in (after.preferences if after and readable else ())}
    if old or new:
        changes.append(_entries("", old, new) if readable else PartsChange("", uncompared=len(old)))
    return tuple(changes)


def _table(before: TableParts, after: TableParts | None, *, readable: bool) -> PartsChange:
    if not readable:
        return PartsChange(before.table, uncompared=before.count)
    old = {row.item or row.key: row.value for row in before.rows}
    new = {row.item or row.key: row.value for row in (after.rows if after else ())}
    found = _entries(before.table, old, new)
    unread = before.count - len(before.rows)
    if unread and after is None:
        return replace(found, lost=found.lost + unread)
    return replace(found, uncompared=unread)


def _entries(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> PartsChange:
    kept = tuple(key for key, value in old.items() if new.get(key) == value)
    lost = tuple(key for key in old if key not in new)
    changed = tuple(key for key, value in old.items() if key in new and new[key] != value)
    added = sum(1 for key in new if key not in old)
    return PartsChange(name, len(kept), len(changed), len(lost), added, 0, kept, changed, lost)
