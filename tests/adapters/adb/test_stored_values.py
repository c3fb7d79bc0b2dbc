"""Counters and the account in front, from the app's preferences."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb.app_folder import CLOSED, AppFolder
from harness.adapters.adb.stored_values import owner_ids, read_stored
from harness.adapters.profile_file import load_profile
from harness.domain.facts.storage import StoredValue
from tests.adapters.adb.folder_phone import PACKAGE, FolderPhone

PLACES = load_profile("tiktok").stored


def tag(text: str) -> str:
    return f"<{len(text)}>"


def stored(phone: FolderPhone) -> dict[str, StoredValue]:
    return {value.name: value for value in read_stored(AppFolder(phone, PACKAGE), PLACES, tag)}


def used(root: Path) -> FolderPhone:
    phone = FolderPhone(root)
    user = {"uid": "77", "sec_uid": "MS4w", "follower_count": 1204, "following_count": "many"}
    phone.preferences(
        "aweme_user", current_foreground_uid="77", **{"77_aweme_user_info": user, "x": "1"}
    )
    return phone


def test_numbers_and_the_account_as_a_pseudonym(tmp_path: Path) -> None:
    found = stored(used(tmp_path))

    assert found["follower_count"] == StoredValue("follower_count", 1204, "app_file")
    assert found["following_count"].value is None
    assert found["account"].value == "<2>"
    assert owner_ids(AppFolder(used(tmp_path), PACKAGE), PLACES) == {"MS4w", "77"}


@pytest.mark.parametrize(
    ("way", "data", "why"),
    [
        ("closed", b"<map/>", CLOSED),
        ("plain", None, "is not there"),
        ("plain", b"<map", "holds nothing"),
        ("plain", b"<!DOCTYPE a [<!ENTITY b 'c'>]><map/>", "holds nothing"),
        ("plain", b"<map><string name='current_foreground_uid'></string></map>", "holds nothing"),
    ],
)
def test_what_cannot_be_seen_says_why(
    tmp_path: Path, way: str, data: bytes | None, why: str
) -> None:
    phone = FolderPhone(tmp_path, way)
    phone.put("other", b"")
    if data is not None:
        phone.put("shared_prefs/aweme_user.xml", data)

    found = stored(phone)

    assert found["follower_count"].value is None
    assert why in found["follower_count"].unseen
    assert owner_ids(AppFolder(phone, PACKAGE), PLACES) == frozenset()
