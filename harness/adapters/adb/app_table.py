"""Reads a table of the app's SQLite databases: copied to a private folder, deleted after."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from harness.adapters.adb.app_folder import AppFolder

_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST = 10_000  # rows


def read_table(
    folder: AppFolder, database: str, table: str, columns: Sequence[str]
) -> list[tuple[Any, ...]] | None:
    """Rows with these columns; [] where the table is missing, None for what is no database.

    `database`: below the app's folder. Raises ValueError for a name that is none.
    """
    for name in (table, *columns):
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a table or column")
    with tempfile.TemporaryDirectory(prefix="harness-") as private:  # mode 0700
        for tail in ("", "-wal"):
            data = folder.read(database + tail)
            if data is not None:
                (Path(private) / f"copy{tail}").write_bytes(data)
            elif not tail:
                return []
        return _rows(Path(private) / "copy", table, columns)


def _rows(path: Path, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]] | None:
    listed = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT {listed} FROM "{table}" LIMIT {_MOST}'  # noqa: S608 - names checked above
    try:
        with closing(sqlite3.connect(path)) as connection:
            known = connection.execute(
                "SELECT name FROM sqlite_master WHERE type='table' AND name=?", (table,)
            ).fetchone()
            return connection.execute(sql).fetchall() if known else []
    except sqlite3.Error:
        return None
