"""The tables behind `content query`, and SQLite to select from them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

from harness.simphone.android.media_store import MediaRow, volume_name
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.settings import NAMESPACES
from harness.simphone.android.volumes import inside_volume

MEDIA = "content://media/external"
MIME = {
    ".mp4": "video/mp4", ".webm": "video/webm", ".jpg": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp", ".mp3": "audio/mpeg", ".txt": "text/plain",
}  # fmt: skip
KINDS = {"video": "video/", "images": "image/", "audio": "audio/"}
SINCE = {
    "owner_package_name": 29, "relative_path": 29, "is_pending": 29, "volume_name": 29,
    "is_trashed": 30, "is_favorite": 30, "is_download": 29,
}  # fmt: skip
"""API level from which MediaProvider has a column; before it, naming it is an error."""
Cell = str | int | float | None
Row = dict[str, Cell]


class ProviderError(Exception):
    """What the provider throws; the text is the line that Java prints."""


def table(phone: AndroidPhone, uri: str, user: int = 0) -> list[Row]:
    """All rows behind a uri. Raises ProviderError when there is no such provider."""
    kind = re.fullmatch(r"content://settings/(\w+)", uri)
    if kind and kind[1] in NAMESPACES:
        return [
            {"_id": number, "name": name, "value": value}
            for number, (name, value) in enumerate(phone.settings.all(kind[1]).items(), 1)
        ]
    if uri == MEDIA or uri.startswith(f"{MEDIA}/"):
        return _media(phone, uri.removeprefix(MEDIA).strip("/").split("/"), user)
    if uri.startswith(("content://sms", "content://call_log", "content://com.android.contacts")):
        return []
    raise ProviderError("java.lang.IllegalStateException: Could not find provider")


def select(
    rows: Sequence[Row], columns: Sequence[str], where: str | None, sort: str | None
) -> list[Row]:
    """The rows that `where` picks, in the order of `sort`. Raises ProviderError."""
    if not rows:
        return []
    known = list(rows[0])
    for column in columns:
        if column not in known:
            raise ProviderError(f"java.lang.IllegalArgumentException: Invalid column {column}")
    names = ", ".join(f'"{name}"' for name in known)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE files ({names})")
        marks = ", ".join("?" * len(known))
        filled = f"INSERT INTO files VALUES ({marks})"  # noqa: S608 - question marks only
        database.executemany(filled, [list(row.values()) for row in rows])
        wanted = ", ".join(f'"{name}"' for name in columns or known)
        order = f"{where or '1'} ORDER BY {sort or 'rowid'}"
        text = f"SELECT {wanted} FROM files WHERE {order}"  # noqa: S608 - on a copy in memory
        try:
            found = database.execute(text).fetchall()
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise ProviderError(f"android.database.sqlite.SQLiteException: {error}") from error
    return [dict(zip(columns or known, row, strict=True)) for row in found]


def _media(phone: AndroidPhone, parts: list[str], user: int) -> list[Row]:
    prefix = KINDS.get(parts[0], "")
    number = parts[-1] if parts[-1].isdigit() else ""
    rows = [_media_row(phone, row) for row in phone.media.rows(user) if not _hidden(row)]
    return [
        row
        for row in rows
        if str(row["mime_type"]).startswith(prefix) and number in ("", str(row["_id"]))
    ]


def _hidden(row: MediaRow) -> bool:
    """Pending and trashed files of others are left out of ordinary queries."""
    return row.pending or row.trashed


def _media_row(phone: AndroidPhone, row: MediaRow) -> Row:
    folder = inside_volume(row.path.rpartition("/")[0])
    suffix = row.name[row.name.rfind(".") :].lower() if "." in row.name else ""
    mime = MIME.get(suffix, "application/octet-stream")
    cells: Row = {
        "_id": row.number,
        "_data": row.path,
        "_display_name": row.name,
        "_size": row.size,
        "date_added": int(row.added),
        "date_modified": int(row.modified),
        "mime_type": mime,
        "bucket_display_name": folder.rpartition("/")[2] or None,
        "relative_path": f"{folder}/" if folder else "/",
        "is_pending": int(row.pending),
        "is_trashed": int(row.trashed),
        "is_favorite": 0,
        "is_download": int(folder.split("/")[0] == "Download"),
        "owner_package_name": row.owner,
        "volume_name": volume_name(row.path),
    }
    return _as_of(cells, phone.spec.api)


def _as_of(cells: Mapping[str, Cell], api: int) -> Row:
    return {name: value for name, value in cells.items() if SINCE.get(name, 0) <= api}
