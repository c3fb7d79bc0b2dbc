"""Tables of the app's databases, whole, missing, damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb.app_folder import AppFolder
from harness.adapters.adb.app_table import read_table
from tests.adapters.adb.folder_phone import PACKAGE, FolderPhone

DATABASE = "databases/a.db"


@pytest.fixture
def phone(tmp_path: Path) -> FolderPhone:
    phone = FolderPhone(tmp_path)
    phone.put("x", b"")
    return phone


def test_rows_of_the_columns_that_are_asked_for(phone: FolderPhone) -> None:
    phone.table(DATABASE, "t", "a TEXT, b INTEGER", [("x", 1), ("y", None)])

    assert read_table(AppFolder(phone, PACKAGE), DATABASE, "t", ("b", "a")) == [
        (1, "x"),
        (None, "y"),
    ]


@pytest.mark.parametrize(
    ("data", "table", "found"),
    [(None, "t", []), (b"", "t", []), (b"garbage" * 200, "t", None)],
)
def test_what_is_not_there_or_no_database(
    phone: FolderPhone, data: bytes | None, table: str, found: list[object] | None
) -> None:
    if data is not None:
        phone.put(DATABASE, data)

    assert read_table(AppFolder(phone, PACKAGE), DATABASE, table, ("a",)) == found


def test_a_missing_table_and_a_missing_column(phone: FolderPhone) -> None:
    phone.table(DATABASE, "t", "a TEXT", [])
    folder = AppFolder(phone, PACKAGE)

    assert read_table(folder, DATABASE, "u", ("a",)) == []
    assert read_table(folder, DATABASE, "t", ("z",)) in (None, [])


def test_a_name_that_is_none_is_refused(phone: FolderPhone) -> None:
    with pytest.raises(ValueError, match="no name"):
        read_table(AppFolder(phone, PACKAGE), DATABASE, "t; DROP TABLE t", ("a",))
