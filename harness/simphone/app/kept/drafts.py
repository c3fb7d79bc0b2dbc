"""Drafts: a folder each, and a table that lists them. Nobody else has a copy.

No source names these files; path, database and columns are this simulator's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from harness.simphone.app.kept.database import AppDatabases
from harness.simphone.app.kept.folder import AppFolder
from harness.simphone.media.mp4_reader import UnplayableError, read_mp4

FOLDER = "files/draft"
DATABASE = "aweme_draft.db"
TABLE = (
    "CREATE TABLE IF NOT EXISTS local_draft (draft_id TEXT, user_id TEXT, title TEXT, "
    "create_time INTEGER, path TEXT, size INTEGER)"
)
INSERT = "INSERT INTO local_draft VALUES (?, ?, ?, ?, ?, ?)"
SELECT = (
    "SELECT draft_id, user_id, title, create_time, path, size FROM local_draft "
    "WHERE user_id = ? ORDER BY create_time DESC, draft_id"
)
VIDEO, COVER, NOTES = "video.mp4", "cover.jpg", "draft.json"


class BrokenDraftError(Exception):
    """A file of the draft is missing or damaged; the text says which."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One row; `path` is its folder, `created` in seconds since the epoch."""

    draft_id: str
    user_id: str
    title: str
    created: float
    path: str
    size: int


class Drafts:
    """Reads and changes folders and table together."""

    def __init__(self, folder: AppFolder, databases: AppDatabases) -> None:
        self._folder = folder
        self._databases = databases

    def of_user(self, user_id: str) -> list[Draft]:
        """Drafts of one account, newest first."""
        found = self._databases.rows(DATABASE, SELECT, (user_id,))
        return [
            Draft(draft_id, user, title, made / 1000, path, size)
            for draft_id, user, title, made, path, size in found
        ]

    def add(
        self, draft_id: str, user_id: str, title: str, *, video: bytes, cover: bytes, now: float
    ) -> Draft:
        """Writes the three files, then the row."""
        notes = {"draft_id": draft_id, "title": title, "create_time": round(now * 1000)}
        files = {VIDEO: video, COVER: cover, NOTES: json.dumps(notes).encode()}
        inside = f"{FOLDER}/{draft_id}"
        for name, data in files.items():
            self._folder.write(f"{inside}/{name}", data, mtime=now)
        size = sum(len(data) for data in files.values())
        draft = Draft(draft_id, user_id, title, now, self._folder.whole(inside), size)
        row = (draft_id, user_id, title, notes["create_time"], draft.path, size)
        self._databases.change(DATABASE, TABLE, INSERT, [row])
        return draft

    def open(self, draft: Draft) -> str:
        """The title as the draft's own file has it. Raises BrokenDraftError."""
        inside = f"{FOLDER}/{draft.draft_id}"
        try:
            notes: object = json.loads(self._folder.read(f"{inside}/{NOTES}"))
            read_mp4(self._folder.read(f"{inside}/{VIDEO}"))
        except (OSError, UnplayableError, ValueError) as error:
            raise BrokenDraftError(str(error)) from error
        if not isinstance(notes, dict):
            raise BrokenDraftError(f"{NOTES} holds no object")
        return str(cast("dict[str, object]", notes).get("title", ""))
