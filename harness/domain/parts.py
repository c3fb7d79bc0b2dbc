"""What is inside a database or a preferences file, without any of its values.

Only keyed hashes and counts: enough to say which row is still there, of no use to
read a message or a token from.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowPart:
    """One row: `key` from its primary key (else all its columns), `value` from all its columns."""

    key: str
    value: str
    item: str | None = None  # id of the thing, in clear, where the profile names its column
    stamp: int | None = None  # Unix milliseconds of the column that the profile names


@dataclass(frozen=True, slots=True)
class TableParts:
    """The rows of one table. `count` may be above `len(rows)`: long tables are counted only."""

    table: str
    count: int
    rows: tuple[RowPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PreferencePart:
    """One entry of a preferences file: `key` hashed unless the profile names it."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The inside of one file. `problem` says why it could not be read; then it is empty."""

    tables: tuple[TableParts, ...] = ()
    preferences: tuple[PreferencePart, ...] = ()
    problem: str | None = None
