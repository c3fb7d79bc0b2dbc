"""A phone with an app that keeps a few files with odd names."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.adapters.removal.folder_phone import CE, PACKAGE, FolderPhone

FILES = {
    f"{CE}/files/draft/1/draft.json": b"{}",
    f"{CE}/files/odd name, with 'quotes' and 🎬\nand a line.mp4": b"video",
    f"{CE}/databases/empty.db": b"",
    f"/data/media/0/Android/data/{PACKAGE}/files/out.mp4": b"share",
}


def make_phone(folder: Path) -> FolderPhone:
    made = FolderPhone(folder)
    for path, content in FILES.items():
        made.put(path, content)
    with zipfile.ZipFile(made.apk, "w") as apk:
        apk.writestr("AndroidManifest.xml", "binary")
    return made


@pytest.fixture
def phone(tmp_path: Path) -> FolderPhone:
    return make_phone(tmp_path / "phone")


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def planted(phone: FolderPhone) -> dict[str, bytes | None]:
    """What is on the phone of what was planted."""
    return {
        path: phone.host(path).read_bytes() if phone.host(path).exists() else None for path in FILES
    }
