"""`content query` on MediaStore: rows whose values are not escaped (android-storage 4.5).

The path is asked for as the last column, so that whatever stands in it cannot be taken
for the next one; a line break in a name goes on until the next `Row:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COLUMNS = "_id:_size:owner_package_name:_data"
_ROW = re.compile(
    r"^Row: \d+ _id=(\d+), _size=(\d+|NULL), owner_package_name=([\w.]+|NULL), _data=(.*)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class MediaRow:
    """One file as MediaStore lists it; `size` in bytes, None = not known."""

    id: int
    size: int | None
    owner: str | None
    path: str


def read_media_rows(text: str) -> list[MediaRow]:
    """Rows of a query for COLUMNS; what is no such row is left out."""
    found: list[MediaRow] = []
    for part in re.split(r"(?m)^(?=Row: \d+ )", text):
        row = _ROW.match(part.rstrip("\n"))
        if row is not None:
            size = None if row[2] == "NULL" else int(row[2])
            owner = None if row[3] == "NULL" else row[3]
            found.append(MediaRow(int(row[1]), size, owner, row[4]))
    return found
