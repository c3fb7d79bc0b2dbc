"""Reading the app's folder by each way that a phone may allow."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb.app_folder import AppFolder, StoredFile
from tests.adapters.adb.folder_phone import PACKAGE, FolderPhone

ODD = "files/a b, ü😀.mp4"


@pytest.mark.parametrize("way", ["plain", "run_as", "su"])
def test_files_are_listed_and_read(tmp_path: Path, way: str) -> None:
    phone = FolderPhone(tmp_path, way)
    phone.put(ODD, b"\0\xff12345")
    phone.put("files/deep/er/x.bin", b"")

    folder = AppFolder(phone, PACKAGE)

    assert folder.visible
    assert sorted(folder.files("files"), key=lambda file: file.path) == [
        StoredFile(ODD, 7),
        StoredFile("files/deep/er/x.bin", 0),
    ]
    assert folder.read(ODD) == b"\0\xff12345"
    assert folder.read(ODD, first=2) == b"\0\xff"
    assert folder.read("files/none") is None
    assert folder.files("nothing") == []


def test_a_closed_phone_shows_nothing(tmp_path: Path) -> None:
    phone = FolderPhone(tmp_path, "closed")
    phone.put("files/x", b"1")

    folder = AppFolder(phone, PACKAGE)

    assert not folder.visible
    assert folder.read("files/x") is None
    assert folder.files("files") == []
