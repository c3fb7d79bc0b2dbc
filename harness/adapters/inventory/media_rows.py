"""MediaStore's rows by `content query`: nothing is escaped there (reference 2.6).

So the free text comes last, and a row ends where the next one begins by its number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.adapters.adb.device import quote
from harness.domain.inventory import MediaRow
from harness.domain.storage import INTERNAL

OWNERS_FROM, TRASH_FROM = 29, 30  # API levels
_URI = "content://media/external/file"
_NOTHING = re.compile(r"(\nNo result found\.)+\Z")
"""Queries that found nothing, after the last row of one that did."""
_VOLUME = re.compile(r"/storage/(?:emulated/\d+|([^/]+))/(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A row with the file it stands for."""

    row: MediaRow
    volume: str
    path: str  # relative to the top of the volume


def columns(api: int) -> list[str]:
    """What this release has; asking for more makes the query fail."""
    found = ["_id"]
    if api >= OWNERS_FROM:
        found += ["owner_package_name", "is_pending"]
    if api >= TRASH_FROM:
        found.append("is_trashed")
    return [*found, "_data"]


def media_script(package: str, folders: Sequence[str], *, api: int, user: int = 0) -> str:
    """The app's rows, and the ownerless ones below `folders`: orphans have no other mark.

    Releases before owners: all rows below `folders`.
    """
    start = f"content query --user {user} --uri {_URI} --projection {':'.join(columns(api))}"
    wheres = [f"owner_package_name='{package}'"] if api >= OWNERS_FROM else []
    for folder in folders:
        like = f"_data LIKE '%/{folder.replace(chr(39), chr(39) * 2)}/%'"
        wheres.append(f"owner_package_name IS NULL AND {like}" if api >= OWNERS_FROM else like)
    return "; ".join(f"{start} --where {quote(where)}" for where in wheres)


def read_media(text: str, *, api: int) -> list[MediaFile]:
    """All rows of one or several queries, each file once."""
    found: dict[tuple[str, str], MediaFile] = {}
    for row in _rows(text):
        read = _row(row, columns(api))
        if read is not None:
            found.setdefault((read.volume, read.path), read)
    return list(found.values())


def _rows(text: str) -> list[str]:
    """Rows are numbered from 0 in each query; a name that looks like a row has another number."""
    rows: list[str] = []
    at, number = _find(text, 0, 0)
    while at >= 0:
        following, after = _find(text, at + 1, number + 1)
        again, first = _find(text, at + 1, 0)
        if following < 0 or 0 <= again < following:
            following, after = again, first
        row = text[at : following if following >= 0 else len(text)]
        rows.append(row.removesuffix("\n"))
        at, number = following, after
    return rows


def _find(text: str, start: int, number: int) -> tuple[int, int]:
    found = re.compile(rf"^Row: {number} _id=\d+, ", re.MULTILINE).search(text, start)
    return (found.start() if found else -1), number


def _row(text: str, names: list[str]) -> MediaFile | None:
    pattern = ", ".join(
        f"{name}=(?P<{name}>{'.*' if name == '_data' else '[^,]*'})" for name in names
    )
    found = re.fullmatch(rf"Row: \d+ {pattern}", _NOTHING.sub("", text), re.DOTALL)
    place = _VOLUME.fullmatch(found["_data"]) if found else None
    if found is None or place is None:
        return None
    values = found.groupdict()
    owner = values.get("owner_package_name")
    row = MediaRow(
        id=int(values["_id"]),
        owner=None if owner in {None, "", "NULL"} else owner,
        pending=values.get("is_pending") == "1",
        trashed=values.get("is_trashed") == "1",
    )
    return MediaFile(row, place[1] or INTERNAL, place[2])
