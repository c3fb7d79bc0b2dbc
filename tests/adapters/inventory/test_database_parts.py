"""Rows as keyed hashes: comparable, and of no use to read anything from."""

import sqlite3
from pathlib import Path

import pytest

from harness.adapters.inventory import database_parts
from harness.adapters.inventory.database_parts import read_database
from harness.domain.storage_map import RowSource, StorageMap
from harness.redaction.pseudonym import Pseudonyms

TAGS = Pseudonyms(b"0123456789abcdef")
MAP = StorageMap(rows=(RowSource("draft", "databases/d.db", "draft", "id", "made"),))
SECRET = "a very private title"
TABLES = """
CREATE TABLE draft (id TEXT PRIMARY KEY, title TEXT, made INTEGER);
CREATE TABLE event (what TEXT);
CREATE TABLE "odd "" name" (x BLOB);
CREATE TABLE pair (a INTEGER, b INTEGER, v REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""


def database(folder: Path, *changes: str, log: bool = False) -> tuple[bytes, bytes]:
    path = folder / "x.db"
    link = sqlite3.connect(path)
    if log:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA wal_autocheckpoint=0")
    link.executescript(TABLES)
    for change in changes:
        link.execute(change)
    link.commit()
    image = path.read_bytes()
    log_path = path.with_name("x.db-wal")
    log_bytes = log_path.read_bytes() if log_path.exists() else b""
    link.close()
    return image, log_bytes


ROWS = (
    "INSERT INTO draft VALUES ('7', 'a very private title', 1790000000000), ('8', NULL, NULL)",
    "INSERT INTO event VALUES ('x'), ('x'), ('y')",
    "INSERT INTO pair VALUES (1, 2, 0.5)",
)


@pytest.mark.parametrize("log", [False, True], ids=["rollback", "write-ahead log"])
def test_every_table_is_counted_and_its_rows_are_tags(tmp_path: Path, log: bool) -> None:
    found = read_database("databases/d.db", *database(tmp_path, *ROWS, log=log), MAP, TAGS)

    assert found.problem is None
    assert [(table.table, table.count) for table in found.tables] == [
        ("draft", 2),
        ("event", 3),
        ('odd " name', 0),
        ("pair", 1),
    ]
    draft = found.tables[0].rows
    assert [(row.item, row.stamp) for row in draft] == [("7", 1790000000000), ("8", None)]
    assert len({row.key for row in found.tables[1].rows}) == 3
    assert SECRET not in repr(found)


def test_the_same_row_has_the_same_tags_and_a_changed_one_the_same_key(tmp_path: Path) -> None:
    before = read_database("databases/d.db", *database(tmp_path, *ROWS), MAP, TAGS)
    (tmp_path / "x.db").unlink()
    changed = (*ROWS, "UPDATE draft SET title = 'other' WHERE id = '7'")
    after = read_database("databases/d.db", *database(tmp_path, *changed), MAP, TAGS)

    one, two = before.tables[0].rows[0], after.tables[0].rows[0]
    assert one.key == two.key
    assert one.value != two.value
    assert before.tables[1] == after.tables[1]
    other = read_database(
        "x", *database_again(tmp_path), MAP, Pseudonyms(b"another key of 24 bytes!")
    )
    assert other.tables[1].rows[0].value != after.tables[1].rows[0].value


def database_again(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "x.db").read_bytes(), b""


def test_long_tables_are_counted_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_parts, "MOST_ROWS", 2)
    found = read_database("x", *database(tmp_path, *ROWS), MAP, TAGS)

    assert (found.tables[1].count, len(found.tables[1].rows)) == (3, 2)


@pytest.mark.parametrize(
    ("image", "problem"),
    [
        (b"", "no SQLite database"),
        (b"\x8f" * 4096, "or it is encrypted"),
        (b"SQLite format 3\0" + b"\xff" * 4096, "SQLite cannot read it"),
    ],
    ids=["empty", "encrypted", "damaged"],
)
def test_what_cannot_be_read_says_why(image: bytes, problem: str) -> None:
    found = read_database("x", image, b"", MAP, TAGS)

    assert problem in (found.problem or "")
    assert found.tables == ()


def test_a_database_that_takes_for_ever_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_parts, "SECONDS", -1.0)
    monkeypatch.setattr(database_parts, "_STEPS", 1)
    found = read_database("x", *database(tmp_path, *ROWS), MAP, TAGS)

    assert "interrupted" in (found.problem or "")
