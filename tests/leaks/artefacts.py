"""All that an artefact says: the file itself, and what is packed, encoded or hidden in it."""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.leaks.canaries import Canary, encodings

DEEPEST = 4
LARGEST = 64 * 1024 * 1024
"""Levels of packing that are opened, and bytes of one piece: a bomb must not stop the gate."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{40,}={0,2}")
_GZIP = b"\x1f\x8b\x08"
_PNG = b"\x89PNG\r\n\x1a\n"
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Leak:
    """A canary that was found."""

    where: str
    canary: str
    form: str

    def __str__(self) -> str:
        return f"{self.canary} ({self.form}) in {self.where}"


def leaks(folders: Iterable[Path], canaries: Iterable[Canary]) -> list[Leak]:
    """Every canary in every file below the folders; names of files count as well."""
    wanted = [(one.name, encodings(one.value)) for one in canaries]
    found: dict[Leak, None] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            for leak in _in_piece(f"the name of {name}", name.encode(), wanted):
                found[leak] = None
            if path.is_file() and not path.is_symlink():
                for label, data in pieces(name, path.read_bytes()):
                    for leak in _in_piece(label, data, wanted):
                        found[leak] = None
    return list(found)


def _in_piece(
    label: str, data: bytes, wanted: list[tuple[str, dict[str, bytes]]]
) -> Iterator[Leak]:
    low = data.lower()
    for name, forms in wanted:
        for form, value in forms.items():
            if value in low:
                yield Leak(label, name, form)


def pieces(label: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """(where, content) of the data and of everything inside it."""
    yield label, data
    if depth >= DEEPEST:
        return
    for inner, content in _inside(data):
        yield from pieces(f"{label} > {inner}", content, depth + 1)


def _inside(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK\x03\x04"):
        yield from _zip(data)
    elif data.startswith(_PNG):
        yield from _png_texts(data)
        return  # the rest are compressed pixels
    elif data.startswith(_SQLITE):
        yield from _rows(data)
    yield from _gzips(data)
    for found in _BASE64.finditer(data):
        text = found[0].replace(b"-", b"+").replace(b"_", b"/").rstrip(b"=")
        with contextlib.suppress(binascii.Error):
            yield f"base64 at {found.start()}", base64.b64decode(text + b"=" * (-len(text) % 4))


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.file_size <= LARGEST:
                yield member.filename, archive.read(member)


def _gzips(data: bytes) -> Iterator[tuple[str, bytes]]:
    start = data.find(_GZIP)
    while start >= 0:
        with contextlib.suppress(zlib.error):
            yield f"gzip at {start}", zlib.decompressobj(31).decompress(data[start:], LARGEST)
        start = data.find(_GZIP, start + 1)


def _png_texts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """tEXt, zTXt, iTXt and eXIf: what a picture says beside its pixels."""
    place = len(_PNG)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4])
        kind = data[place + 4 : place + 8]
        content = data[place + 8 : place + 8 + length]
        if kind not in {b"IDAT", b"IHDR", b"PLTE", b"IEND"}:
            yield kind.decode("latin-1"), content
            for begin in range(min(len(content), 120)):  # where its compressed part starts
                if content[begin : begin + 1] == b"\x78":
                    with contextlib.suppress(zlib.error):
                        yield f"{kind.decode('latin-1')} text", zlib.decompress(content[begin:])
        place += 12 + length


def _rows(data: bytes) -> Iterator[tuple[str, bytes]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(data)
            tables = database.execute("SELECT name FROM sqlite_master WHERE type='table'")
            for (table,) in tables.fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - read from the file itself
                    cells = [
                        cell if isinstance(cell, bytes) else str(cell).encode() for cell in row
                    ]
                    yield f"table {table}", b"\0".join(cells)
        except sqlite3.Error:
            return


def gzipped(text: bytes) -> bytes:
    """For tests: the same each time."""
    return gzip.compress(text, mtime=0)
