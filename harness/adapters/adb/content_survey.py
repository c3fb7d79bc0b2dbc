"""What lies on the phone of an app's offline content: rows, whole files, other people's."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from harness.adapters.adb.app_folder import CLOSED, AppFolder, StoredFile
from harness.adapters.adb.app_table import read_table
from harness.adapters.adb.device import quote
from harness.adapters.adb.text.media_rows import COLUMNS, MediaRow, read_media_rows
from harness.domain.facts.storage import ContentLook
from harness.domain.profile import ContentKind
from harness.ports import DeviceControl

MEDIA = "content://media/external/video/media"
_HEADER = 12  # bytes: length, "ftyp", brand


@dataclass(frozen=True, slots=True)
class _Row:
    owner: str
    path: str
    size: int


def survey_app(folder: AppFolder, kind: ContentKind, owners: frozenset[str]) -> ContentLook:
    """Content in the app's own folder. `owners`: ids of the account in front, never kept.

    Raises InstrumentError("adb", …) when the phone is gone.
    """
    if not folder.visible:
        return ContentLook(kind.name, unseen=CLOSED)
    rows = _listed(folder, kind)
    if rows is None:
        return ContentLook(kind.name, unseen=f"{kind.database} cannot be read")
    own = [row for row in rows if row.owner in owners]
    place = (kind.folder or "").partition("{owner}")[0].rstrip("/")
    every = folder.files(place) if place else []
    files = {file.path: file for file in every if file.path.endswith(kind.suffix)}
    paths = {file.path: _owned(file, kind, rows, owners) for file in files.values()}
    missing, damaged = 0, 0
    for row in own:
        file = _file_of(row, folder, files, kind)
        if file is None:
            missing += 1
        elif _size_of(row, folder, every) < row.size or not _is_video(folder, file):
            damaged += 1
    return ContentLook(
        kind.name,
        rows=len(own),
        files=sum(1 for mine in paths.values() if mine) - damaged,
        missing=missing,
        damaged=damaged,
        foreign=sum(1 for mine in paths.values() if not mine),
        cleared=_cleared(folder, kind),
    )


def survey_saved(
    device: DeviceControl, kind: ContentKind, package: str
) -> tuple[ContentLook, list[MediaRow]]:
    """Videos that the app saved to the phone's own storage, and their rows in MediaStore.

    Any phone shows these. Raises InstrumentError("adb", …).
    """
    where = quote(f"owner_package_name='{package}'")
    command = f"content query --uri {MEDIA} --projection {COLUMNS} --where {where}"
    result = device.shell(command, timeout=30.0)
    if not result.ok or "Error" in result.stderr:
        why = (result.stderr or result.stdout).strip().splitlines()
        return ContentLook(kind.name, unseen=f"MediaStore did not answer: {why[:1]}"), []
    rows = [row for row in read_media_rows(result.stdout) if row.owner == package]
    state = [_state(device, row) for row in rows]
    look = ContentLook(
        kind.name,
        listed=len(rows),
        rows=len(rows),
        files=state.count("whole"),
        missing=state.count("missing"),
        damaged=state.count("damaged"),
    )
    return look, rows


def _listed(folder: AppFolder, kind: ContentKind) -> list[_Row] | None:
    if kind.database is None or kind.table is None:
        return []
    columns = [kind.columns[name] for name in ("owner", "path", "size")]
    rows = read_table(folder, kind.database, kind.table, columns)
    if rows is None:
        return None
    return [_Row(str(row[0]), str(row[1]), _number(row[2])) for row in rows]


def _number(value: Any) -> int:  # noqa: ANN401 - a cell of SQLite is of any type
    return value if isinstance(value, int) else 0


def _file_of(
    row: _Row, folder: AppFolder, files: dict[str, StoredFile], kind: ContentKind
) -> StoredFile | None:
    """The media file of a row, whose path may be that of the file or of a folder around it."""
    inside = _inside(row.path, folder)
    if inside in files:
        return files[inside]
    below = [file for path, file in files.items() if path.startswith(f"{inside}/")]
    return below[0] if below and kind.suffix else None


def _size_of(row: _Row, folder: AppFolder, every: Sequence[StoredFile]) -> int:
    """Bytes of what the row names: one file, or all of a folder."""
    inside = _inside(row.path, folder)
    return sum(
        file.size for file in every if file.path == inside or file.path.startswith(f"{inside}/")
    )


def _inside(path: str, folder: AppFolder) -> str:
    """The path below the app's folder, by whichever of its names the app wrote it."""
    package = folder.root.rpartition("/")[2]
    return path.partition(f"/{package}/")[2] or path


def _owned(
    file: StoredFile, kind: ContentKind, rows: Sequence[_Row], owners: frozenset[str]
) -> bool:
    """By the folder where it names the owner, else by the row that lists it."""
    if kind.folder and "{owner}" in kind.folder:
        return any(f"/{owner}/" in file.path for owner in owners)
    listed = [row.owner for row in rows if file.path.rpartition("/")[0] in row.path]
    return not listed or any(owner in owners for owner in listed)


def _is_video(folder: AppFolder, file: StoredFile) -> bool:
    head = folder.read(file.path, first=_HEADER)
    return head is not None and head[4:8] == b"ftyp"


def _cleared(folder: AppFolder, kind: ContentKind) -> float | None:
    """When the app last noted that it had cleared such content itself; UTC seconds."""
    note = kind.cleared
    if note is None:
        return None
    rows = read_table(folder, note.database, note.table, (note.column, note.time))
    moments = [_number(moment) / 1000 for value, moment in rows or [] if str(value) == note.value]
    return max(moments, default=None)


def _state(device: DeviceControl, row: MediaRow) -> str:
    path = quote(row.path)
    result = device.shell(
        f"[ -f {path} ] && stat -c %s {path} && head -c {_HEADER} {path} | base64"
    )
    size, _, head = result.stdout.partition("\n")
    if not result.ok or not size.strip().isdigit():
        return "missing"
    try:
        header = base64.b64decode("".join(head.split()))
    except binascii.Error:
        return "damaged"
    short = row.size is not None and int(size) < row.size
    return "damaged" if short or header[4:8] != b"ftyp" else "whole"
