"""MediaProvider's file table: a row for each shared file, with the app that made it.

Rows follow the files: a new file gets a row that names its maker's package, a
deleted one loses its row. `orphan` is what the provider does when a package is
removed for good or its data are cleared: its files stay, owned by nobody.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.volumes import EMULATED, shared_roots, user_root
from harness.simphone.contracts import SHELL_UID, PhoneParts, Stat
from harness.simphone.storage.identity import USER_RANGE

FIRST_ROW = 1000000019
"""Ids of a phone in use: ten digits on recent releases, from an arbitrary start."""
SHELL_PACKAGE = "com.android.shell"
PRIVATE = ("data", "obb")  # folders below Android that the provider never looks into
FOLDER = 0o040000
KIND = 0o170000


@dataclass(slots=True)
class MediaRow:
    """One file; times in seconds since the epoch."""

    number: int
    path: str
    owner: str | None
    added: float
    size: int = 0
    modified: float = 0.0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def pending(self) -> bool:
        """Whether it is still being written."""
        return self.name.startswith(".pending-")

    @property
    def trashed(self) -> bool:
        """Whether it lies in the trash."""
        return self.name.startswith(".trashed-")


class MediaStore:
    """One phone's; every call first looks at the files."""

    def __init__(self, phone: PhoneParts) -> None:
        self._phone: AndroidPhone = android(phone)
        self._rows: dict[int, MediaRow] = {}  # by inode, which a phone never uses twice
        self._numbers = itertools.count(FIRST_ROW)

    def rows(self, user: int = 0) -> list[MediaRow]:
        """All rows of a user by id; the owner's hold those of cards as well."""
        found: dict[int, MediaRow] = {}
        for path, status in self._files():
            row = self._rows.get(status.ino)
            if row is None:
                owner = self._maker(self._phone.fs.maker(path))
                row = MediaRow(next(self._numbers), path, owner, status.mtime)
            row.path, row.size, row.modified = path, status.size, status.mtime
            found[status.ino] = row
        self._rows = found
        of_user = [row for row in found.values() if owner_of(row.path) == user]
        return sorted(of_user, key=lambda row: row.number)

    def find(self, number: int) -> MediaRow | None:
        """The row with this id."""
        return next((row for row in self.rows() if row.number == number), None)

    def orphan(self, package: str, user: int = 0) -> None:
        """Nobody owns the package's files of this user any more."""
        for row in self.rows(user):
            if row.owner == package:
                row.owner = None

    def _files(self) -> Iterator[tuple[str, Stat]]:
        others = [user_root(user.id) for user in self._phone.spec.users]
        for root in (*shared_roots(self._phone.fs), *others):
            yield from self._below(root, depth=0)

    def _below(self, folder: str, depth: int) -> Iterator[tuple[str, Stat]]:
        fs = self._phone.fs
        try:
            names = fs.listdir(folder)
        except OSError:
            return  # gone since it was listed
        for name in names:
            path = f"{folder}/{name}"
            if depth == 1 and folder.endswith("/Android") and name in PRIVATE:
                continue
            try:
                status = fs.stat(path, follow=False)
            except OSError:
                continue
            if status.mode & KIND == FOLDER:
                yield from self._below(path, depth + 1)
            else:
                yield path, status

    def _maker(self, uid: int) -> str | None:
        if uid == SHELL_UID:
            return SHELL_PACKAGE
        packages = self._phone.packages
        return next(
            (p.name for p in (*packages.all(), *packages.kept()) if p.uid == uid % USER_RANGE), None
        )


def owner_of(path: str) -> int:
    """Whose shared file it is; what lies on a card is the owner's."""
    found = path.removeprefix(EMULATED).partition("/")[0]
    return int(found) if path.startswith(EMULATED) and found.isdigit() else 0


def volume_name(path: str) -> str:
    """`external_primary`, or a card's UUID in lower case."""
    return "external_primary" if path.startswith(EMULATED) else path.split("/")[2].lower()
