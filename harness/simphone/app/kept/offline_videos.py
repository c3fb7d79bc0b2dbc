"""Offline videos: files per account, a table that lists them, and the policy that deletes them.

Paths, the life of 48 h or 90 days, the trim to a limit and the deletion of
orphan files as public notes and decompiled classes of the app's `offlinemode`
module tell them; the database's name and columns are this simulator's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from harness.simphone.app.kept.database import AppDatabases
from harness.simphone.app.kept.folder import AppFolder

FOLDER = "files/offlinemode"
DATABASE = "offlinemode.db"
TABLE = (
    "CREATE TABLE IF NOT EXISTS offline_video (aweme_id TEXT, sec_uid TEXT, path TEXT, "
    "size INTEGER, insert_time INTEGER, caption TEXT, author TEXT)"
)
INSERT = "INSERT INTO offline_video VALUES (?, ?, ?, ?, ?, ?, ?)"
SELECT = (
    "SELECT aweme_id, sec_uid, path, size, insert_time, caption, author FROM offline_video "
    "ORDER BY insert_time DESC, aweme_id"
)
AGE = "UPDATE offline_video SET insert_time = insert_time - ?"
EMPTY = "DELETE FROM offline_video"
DELETE = "DELETE FROM offline_video WHERE aweme_id = ? AND sec_uid = ?"
HOUR, DAY = 3600.0, 86_400.0
LIFE_IN_USE = 48 * HOUR
"""Life of a video when the offline page was opened in the last two days."""
LIFE_UNUSED = 90 * DAY
LOW_STORAGE_BYTES = 2 * 1024**3
"""Below so many free bytes downloads pause, and the start-up task trims the list."""
LOW_STORAGE_LIMIT = 0
"""How many videos that trim leaves. No source names a number."""


@dataclass(frozen=True, slots=True)
class OfflineVideo:
    """One row; `path` is absolute, `inserted` in seconds since the epoch."""

    clip_id: str
    sec_uid: str
    path: str
    size: int
    inserted: float
    caption: str
    author: str


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How many the start-up task deleted, by reason."""

    expired: int = 0
    trimmed: int = 0
    orphans: int = 0


class Rules(Protocol):
    """What the policy depends on."""

    @property
    def last_visit(self) -> float:
        """When the offline page was last opened; 0 = never."""
        ...

    @property
    def limit(self) -> int:
        """How many videos may be kept."""
        ...


class OfflineVideos:
    """Reads and changes files and table together."""

    def __init__(self, folder: AppFolder, databases: AppDatabases) -> None:
        self._folder = folder
        self._databases = databases

    def all(self) -> list[OfflineVideo]:
        """Rows of all accounts, newest first."""
        found = self._databases.rows(DATABASE, SELECT)
        return [
            OfflineVideo(clip_id, sec_uid, path, size, inserted / 1000, caption, author)
            for clip_id, sec_uid, path, size, inserted, caption, author in found
        ]

    def of_account(self, sec_uid: str) -> list[OfflineVideo]:
        """Rows of one account, newest first."""
        return [video for video in self.all() if video.sec_uid == sec_uid]

    def read(self, video: OfflineVideo) -> bytes:
        """The file's bytes."""
        return self._folder.read(self._inside(video.path))

    def add(
        self, clip_id: str, sec_uid: str, data: bytes, *, now: float, caption: str, author: str
    ) -> OfflineVideo:
        """Writes the file, then the row."""
        inside = f"{FOLDER}/{sec_uid}/{clip_id}.mp4"
        self._folder.write(inside, data, mtime=now)
        video = OfflineVideo(
            clip_id, sec_uid, self._folder.whole(inside), len(data), now, caption, author
        )
        row = (
            clip_id, sec_uid, video.path, video.size, round(now * 1000), caption, author,
        )  # fmt: skip
        self._databases.change(DATABASE, TABLE, INSERT, [row])
        return video

    def remove(self, videos: Iterable[OfflineVideo]) -> int:
        """Deletes rows and files; how many."""
        gone = list(videos)
        for video in gone:
            self._folder.remove(self._inside(video.path))
        if gone:
            keys = [(video.clip_id, video.sec_uid) for video in gone]
            self._databases.change(DATABASE, TABLE, DELETE, keys)
        return len(gone)

    def age(self, seconds: float) -> None:
        """Makes all rows older, as if that time had passed since the download."""
        self._databases.change(DATABASE, TABLE, AGE, [(round(seconds * 1000),)])

    def forget(self) -> None:
        """Empties the table and leaves the files: what a defect of the app would do."""
        self._databases.change(DATABASE, TABLE, EMPTY, [()])

    def clean(self, rules: Rules, *, now: float, free: int) -> Cleaning:
        """The start-up task: expired rows, rows over the limit, files without a row."""
        recent = now - rules.last_visit < 2 * DAY
        life = LIFE_IN_USE if recent else LIFE_UNUSED
        expired = self.remove(v for v in self.all() if v.inserted + life <= now)
        limit = min(rules.limit, LOW_STORAGE_LIMIT) if free < LOW_STORAGE_BYTES else rules.limit
        trimmed = sum(
            self.remove(self.of_account(sec_uid)[limit:])
            for sec_uid in sorted({video.sec_uid for video in self.all()})
        )
        return Cleaning(expired, trimmed, self._drop_orphans())

    def _drop_orphans(self) -> int:
        known = {video.path for video in self.all()}
        count = 0
        for account in self._folder.names(FOLDER):
            for name in self._folder.names(f"{FOLDER}/{account}"):
                inside = f"{FOLDER}/{account}/{name}"
                if self._folder.whole(inside) not in known:
                    self._folder.remove(inside)
                    count += 1
        return count

    def _inside(self, path: str) -> str:
        return path.removeprefix(self._folder.root + "/")
