"""The gate itself: whatever a secret is wrapped in, it is found; harmless text is not."""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.leaks.artefacts import gzipped, leaks
from tests.leaks.canaries import Canary, encodings

SECRET = "Pw-zürich & 7+<x>"
CANARY = Canary("password", SECRET)


def in_zip(data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/log.txt", data)
    return target.getvalue()


def in_png(data: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + text + chunk(b"IEND", b"")


def in_sqlite(data: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE notes (body BLOB)")
        database.execute("INSERT INTO notes VALUES (?)", (gzipped(data),))
        database.commit()
        return database.serialize()


WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: b"before " + data + b" after",
    "gzip": gzipped,
    "gzip in the middle": lambda data: b"HEAD" + gzipped(data) + b"TAIL",
    "zip": in_zip,
    "zip in zip": lambda data: in_zip(in_zip(data)),
    "png text": in_png,
    "sqlite of gzip": in_sqlite,
    "base64 of gzip": lambda data: b'{"body":"' + base64.b64encode(gzipped(data)) + b'"}',
    "base64 of png": lambda data: base64.urlsafe_b64encode(in_png(data)),
}


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=list(WRAPPED))
def test_a_packed_secret_is_found(tmp_path: Path, wrap: Callable[[bytes], bytes]) -> None:
    (tmp_path / "artefact").write_bytes(wrap(SECRET.encode()))

    assert {leak.canary for leak in leaks([tmp_path], [CANARY])} == {"password"}


@pytest.mark.parametrize("form", sorted(encodings(SECRET)))
def test_an_encoded_secret_is_found(tmp_path: Path, form: str) -> None:
    (tmp_path / "artefact").write_bytes(b"x=" + encodings(SECRET)[form] + b";")

    assert form in {leak.form for leak in leaks([tmp_path], [CANARY])}


@pytest.mark.parametrize("lead", ["", "a", "ab", "abc"])
def test_base64_is_found_at_every_place_in_a_longer_text(tmp_path: Path, lead: str) -> None:
    text = base64.b64encode(f"{lead}{SECRET} and more".encode())
    (tmp_path / "short").write_bytes(text[:36])  # too short to be decoded as a whole

    assert any("base64" in leak.form for leak in leaks([tmp_path], [CANARY]))


def test_a_file_name_counts(tmp_path: Path) -> None:
    (tmp_path / "someone@example.org.png").touch()

    found = leaks([tmp_path], [Canary("e-mail", "someone@example.org")])

    assert "e-mail (plain) in the name of someone@example.org.png" in map(str, found)


def test_other_text_is_no_leak(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"password": "<dropped>", "user": "~0123456789"}))
    (tmp_path / "b.zip").write_bytes(in_zip(b"nothing here")[:-9])
    (tmp_path / "c.db").write_bytes(b"SQLite format 3\0broken")
    (tmp_path / "d.png").write_bytes(in_png(b"a comment"))
    (tmp_path / "e").write_bytes(b"\x1f\x8b\x08broken" + b"A" * 41)

    assert leaks([tmp_path], [CANARY]) == []


def test_a_canary_that_chance_could_find_is_refused() -> None:
    with pytest.raises(ValueError, match="6 characters"):
        Canary("code", "1234")
