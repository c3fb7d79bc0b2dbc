"""SQLite databases of the app in the phone's storage.

Each call opens and closes the file, so that what lies on the phone is whole at
any moment. Journal mode TRUNCATE leaves the empty `-journal` beside each
database that phones show.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from typing import Any

from harness.simphone.contracts import FileSystem

FILE_MODE = 0o660
Row = tuple[Any, ...]


class AppDatabases:
    """`root` is the app's private folder; raises OSError as the phone does.

    A damaged file is deleted and made anew, as Android's DefaultDatabaseErrorHandler does.
    """

    def __init__(self, fs: FileSystem, root: str, uid: int) -> None:
        self._fs = fs
        self._folder = f"{root}/databases"
        self._uid = uid

    def change(self, name: str, table: str, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs `sql` once for each of `rows`; `table` is its CREATE TABLE IF NOT EXISTS."""
        if self._fs.usage("/data")[1] <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), f"{self._folder}/{name}")
        values = [tuple(row) for row in rows]
        self._make(name)
        try:
            self._change(name, table, sql, values)
        except sqlite3.DatabaseError:
            self.drop(name)
            self._make(name)
            self._change(name, table, sql, values)

    def rows(self, name: str, sql: str, given: Sequence[object] = ()) -> list[Row]:
        """What a SELECT gives; nothing when the database or its table is not there."""
        if not self.has(name):
            return []
        try:
            with closing(self._open(name)) as database:
                return database.execute(sql, tuple(given)).fetchall()
        except sqlite3.OperationalError:
            return []
        except sqlite3.DatabaseError:
            self.drop(name)
            return []

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        try:
            self._fs.stat(f"{self._folder}/{name}", uid=self._uid)
        except OSError:
            return False
        return True

    def drop(self, name: str) -> None:
        """Deletes a database with its journal; a missing one is fine."""
        for path in (f"{self._folder}/{name}", f"{self._folder}/{name}-journal"):
            with suppress(FileNotFoundError):
                self._fs.remove(path, uid=self._uid)

    def _make(self, name: str) -> None:
        if self.has(name):
            return
        self._fs.mkdir(self._folder, uid=self._uid, mode=0o771, parents=True)
        self._fs.write(f"{self._folder}/{name}", b"", uid=self._uid, mode=FILE_MODE)

    def _change(self, name: str, table: str, sql: str, rows: list[Row]) -> None:
        with closing(self._open(name)) as database:
            database.execute("PRAGMA journal_mode=TRUNCATE")
            database.execute(table)
            database.executemany(sql, rows)
            database.commit()
        for path in (name, f"{name}-journal"):
            with suppress(FileNotFoundError):
                self._fs.chown(f"{self._folder}/{path}", self._uid, self._uid)
                self._fs.chmod(f"{self._folder}/{path}", FILE_MODE)

    def _open(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(self._fs.host_path(f"{self._folder}/{name}", ns="zygote"))
