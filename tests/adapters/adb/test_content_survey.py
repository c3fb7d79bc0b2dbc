"""What lies on the phone: rows, whole, missing and damaged files, other accounts', hidden."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from harness.adapters.adb.app_folder import CLOSED, AppFolder
from harness.adapters.adb.content_survey import MEDIA, survey_app, survey_saved
from harness.adapters.adb.text.media_rows import COLUMNS
from harness.adapters.profile_file import load_profile
from harness.domain.facts.storage import ContentLook
from tests.adapters.adb.folder_phone import PACKAGE, VIDEO, FolderPhone

KINDS = {kind.name: kind for kind in load_profile("tiktok").content}
OFFLINE, DRAFT, SAVED = KINDS["offline_video"], KINDS["draft"], KINDS["saved_video"]
COLUMNS_OF_ROWS = "sec_uid TEXT, path TEXT, size INTEGER"
MINE = frozenset({"me", "77"})
QUERY = f"content query --uri {MEDIA} --projection {COLUMNS} --where"


def offline(phone: FolderPhone, owner: str, name: str, data: bytes | None) -> tuple[object, ...]:
    if data is not None:
        phone.put(f"files/offlinemode/{owner}/{name}", data)
    return owner, f"/data/user/0/{PACKAGE}/files/offlinemode/{owner}/{name}", len(VIDEO)


def test_offline_videos_of_one_account_among_others(tmp_path: Path) -> None:
    phone = FolderPhone(tmp_path)
    rows = [
        offline(phone, "me", "1.mp4", VIDEO),
        offline(phone, "me", "2.mp4", VIDEO),
        offline(phone, "me", "gone.mp4", None),
        offline(phone, "me", "cut.mp4", VIDEO[:20]),
        offline(phone, "me", "zero.mp4", b"\0" * len(VIDEO)),
        offline(phone, "them", "9.mp4", VIDEO),
    ]
    phone.table("databases/offlinemode.db", "offline_video", COLUMNS_OF_ROWS, rows)
    phone.table(
        "databases/ss_app_log.db",
        "event",
        "tag TEXT, timestamp INTEGER",
        [("offline_mode_cache_clear", 5000), ("offline_mode_cache_clear", 4000), ("x", 9000)],
    )

    assert survey_app(AppFolder(phone, PACKAGE), OFFLINE, MINE) == ContentLook(
        "offline_video", rows=5, files=2, missing=1, damaged=2, foreign=1, cleared=5.0
    )


def test_drafts_whose_row_names_a_folder(tmp_path: Path) -> None:
    phone = FolderPhone(tmp_path)
    folder = f"/data/user/0/{PACKAGE}/files/draft"
    for name in ("a", "b"):
        phone.put(f"files/draft/{name}/video.mp4", VIDEO)
        phone.put(f"files/draft/{name}/cover.jpg", b"JPEG")
    phone.table(
        "databases/aweme_draft.db",
        "local_draft",
        "user_id TEXT, path TEXT, size INTEGER",
        [
            ("77", f"{folder}/a", len(VIDEO) + 4),  # with its picture
            ("88", f"{folder}/b", 0),
            ("77", f"{folder}/c", 0),
        ],
    )

    assert survey_app(AppFolder(phone, PACKAGE), DRAFT, MINE) == ContentLook(
        "draft", rows=2, files=1, missing=1, damaged=0, foreign=1
    )


def test_a_phone_without_any(tmp_path: Path) -> None:
    phone = FolderPhone(tmp_path)
    phone.put("x", b"")

    look = survey_app(AppFolder(phone, PACKAGE), OFFLINE, MINE)

    assert look == ContentLook("offline_video", rows=0, files=0, missing=0, damaged=0, foreign=0)


def test_what_is_hidden_or_unreadable_is_said(tmp_path: Path) -> None:
    closed = FolderPhone(tmp_path, "closed")
    closed.put("x", b"")
    broken = FolderPhone(tmp_path)
    broken.put("databases/offlinemode.db", b"no database" * 100)

    assert survey_app(AppFolder(closed, PACKAGE), OFFLINE, MINE).unseen == CLOSED
    assert "cannot be read" in survey_app(AppFolder(broken, PACKAGE), OFFLINE, MINE).unseen


def media(phone: FolderPhone, number: int, name: str, data: bytes | None, owner: str) -> str:
    path = f"/storage/emulated/0/DCIM/Camera/{name}"
    if data is not None:
        whole = phone.top / path.lstrip("/")
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(data)
    return (
        f"Row: {number} _id={number + 30}, _size={len(VIDEO)}, owner_package_name={owner},"
        f" _data={path}\n"
    )


def test_saved_videos_are_seen_on_any_phone(tmp_path: Path) -> None:
    phone = FolderPhone(tmp_path, "closed")
    text = (
        media(phone, 0, "a, _id=9 b.mp4", VIDEO, PACKAGE)
        + media(phone, 1, "cut.mp4", VIDEO[:9], PACKAGE)
        + media(phone, 2, "gone.mp4", None, PACKAGE)
        + media(phone, 3, "mine.mp4", VIDEO, "com.android.camera2")
        + media(phone, 4, "orphan.mp4", VIDEO, "NULL")
    )
    where = f"'owner_package_name='\\''{PACKAGE}'\\'''"
    phone.answers[f"{QUERY} {where}"] = text

    look, rows = survey_saved(phone, SAVED, PACKAGE)

    assert look == ContentLook("saved_video", listed=3, rows=3, files=1, missing=1, damaged=1)
    assert [row.id for row in rows] == [30, 31, 32]


def test_a_mediastore_that_does_not_answer_is_said(tmp_path: Path) -> None:
    phone = FolderPhone(tmp_path)
    where = f"'owner_package_name='\\''{PACKAGE}'\\'''"
    phone.answers[f"{QUERY} {where}"] = ("Error while accessing provider:media\n", 1)

    look, rows = survey_saved(phone, SAVED, PACKAGE)

    assert rows == []
    assert "did not answer" in look.unseen


@pytest.mark.parametrize(
    ("head", "state"), [("!!!", "damaged"), (base64.b64encode(VIDEO).decode(), "whole")]
)
def test_the_head_of_a_saved_video_is_looked_at(tmp_path: Path, head: str, state: str) -> None:
    phone = FolderPhone(tmp_path)
    where = f"'owner_package_name='\\''{PACKAGE}'\\'''"
    phone.answers[f"{QUERY} {where}"] = (
        f"Row: 0 _id=1, _size=NULL, owner_package_name={PACKAGE}, _data=/storage/x.mp4\n"
    )
    path = "'/storage/x.mp4'"
    phone.answers[f"[ -f {path} ] && stat -c %s {path} && head -c 12 {path} | base64"] = (
        f"50\n{head}\n"
    )

    look, _ = survey_saved(phone, SAVED, PACKAGE)

    assert getattr(look, "files" if state == "whole" else "damaged") == 1
