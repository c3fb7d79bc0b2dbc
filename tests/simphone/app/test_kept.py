"""What the app keeps: databases, preferences, drafts, offline videos and their policy."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.simphone.app.files import AppFiles, OfflineSettings
from harness.simphone.app.kept.database import AppDatabases
from harness.simphone.app.kept.drafts import BrokenDraftError
from harness.simphone.app.kept.offline_videos import (
    DAY,
    FOLDER,
    HOUR,
    LOW_STORAGE_BYTES,
    LOW_STORAGE_LIMIT,
    Cleaning,
)
from harness.simphone.app.kept.preferences import read_preferences, write_preferences
from harness.simphone.media.stills import clip, still
from harness.simphone.storage import PhoneFileSystem
from tests.simphone.stand_ins import RealClock

APP, UID = "com.example.videos", 10181
ROOT = f"/data/user/0/{APP}"
NOW = 1_800_000_000.0
PLENTY = 4 * LOW_STORAGE_BYTES


@dataclass
class Kept:
    """The app's files on a phone without anything else."""

    fs: PhoneFileSystem
    files: AppFiles

    def add(self, clip_id: str, age: float, account: str = "one") -> str:
        """An offline video of that age in seconds; its path."""
        return self.files.offline.add(
            clip_id, account, b"film", now=NOW - age, caption="c", author="a"
        ).path

    def ids(self, account: str = "one") -> list[str]:
        """Ids of an account's rows, newest first."""
        return [video.clip_id for video in self.files.offline.of_account(account)]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    clock = RealClock()
    fs = PhoneFileSystem(tmp_path, clock)
    fs.mkdir(ROOT)
    fs.chown(ROOT, UID, UID)
    return Kept(fs, AppFiles(fs, clock, APP, UID))


def test_preferences_keep_their_types() -> None:
    values = {"text": "a <b> & été 🎂", "yes": True, "no": False, "number": -1_800_000_000_000}
    assert read_preferences(write_preferences(values)) == values
    assert b'<boolean name="yes" value="true" />' in write_preferences(values)
    assert read_preferences(b"no xml") == {}


def test_a_database_is_a_file_of_the_apps_own(kept: Kept) -> None:
    databases = AppDatabases(kept.fs, ROOT, UID)
    databases.change("a.db", "CREATE TABLE IF NOT EXISTS t (x)", "INSERT INTO t VALUES (?)", [(1,)])
    assert databases.rows("a.db", "SELECT x FROM t") == [(1,)]
    status = kept.fs.stat(f"{ROOT}/databases/a.db")
    assert (status.uid, status.mode & 0o777) == (UID, 0o660)
    assert kept.fs.stat(f"{ROOT}/databases/a.db-journal").size == 0
    with sqlite3.connect(kept.fs.host_path(f"{ROOT}/databases/a.db")) as database:
        assert database.execute("SELECT count(*) FROM t").fetchone() == (1,)


def test_missing_tables_are_empty_and_damaged_files_are_made_anew(kept: Kept) -> None:
    databases = AppDatabases(kept.fs, ROOT, UID)
    create, insert = "CREATE TABLE IF NOT EXISTS t (x)", "INSERT INTO t VALUES (?)"
    assert databases.rows("a.db", "SELECT 1") == []
    databases.change("a.db", create, insert, [(1,)])
    assert databases.rows("a.db", "SELECT x FROM nothing") == []
    kept.fs.write(f"{ROOT}/databases/a.db", b"not a database at all", uid=UID)
    assert databases.rows("a.db", "SELECT x FROM t") == []
    assert not databases.has("a.db")
    kept.fs.write(f"{ROOT}/databases/a.db", b"not a database at all", uid=UID)
    databases.change("a.db", create, insert, [(2,)])
    assert databases.rows("a.db", "SELECT x FROM t") == [(2,)]


def test_a_full_phone_takes_no_row(kept: Kept) -> None:
    kept.fs.free_bytes = 0
    with pytest.raises(OSError, match="No space left"):
        kept.files.opened()


def test_offline_videos_are_per_account(kept: Kept) -> None:
    path = kept.add("11", HOUR)
    kept.add("12", 2 * HOUR)
    kept.add("13", HOUR, account="two")
    assert path == f"{ROOT}/{FOLDER}/one/11.mp4"
    assert (kept.ids(), kept.ids("two"), kept.ids("")) == (["11", "12"], ["13"], [])
    (newest, _) = kept.files.offline.of_account("one")
    assert (newest.size, kept.files.offline.read(newest)) == (4, b"film")
    assert newest.inserted == pytest.approx(NOW - HOUR, abs=0.001)


@pytest.mark.parametrize(
    ("visited_ago", "age", "expires"),
    [
        (DAY, 47 * HOUR, False),
        (DAY, 49 * HOUR, True),
        (3 * DAY, 49 * HOUR, False),
        (3 * DAY, 89 * DAY, False),
        (3 * DAY, 91 * DAY, True),
        (None, 89 * DAY, False),
    ],
)
def test_the_life_depends_on_the_last_visit(
    kept: Kept, visited_ago: float | None, age: float, expires: bool
) -> None:
    path = kept.add("11", age)
    visit = 0.0 if visited_ago is None else NOW - visited_ago
    done = kept.files.offline.clean(OfflineSettings(visit, 50), now=NOW, free=PLENTY)
    assert done == Cleaning(expired=int(expires))
    assert kept.ids() == ([] if expires else ["11"])
    assert kept.files.folder.has(path.removeprefix(ROOT + "/")) != expires


@pytest.mark.parametrize(
    ("free", "limit", "left"),
    [(PLENTY, 50, 5), (PLENTY, 3, 3), (LOW_STORAGE_BYTES - 1, 50, LOW_STORAGE_LIMIT)],
)
def test_the_oldest_are_trimmed(kept: Kept, free: int, limit: int, left: int) -> None:
    for number in range(5):
        kept.add(str(number), number * HOUR)
    done = kept.files.offline.clean(OfflineSettings(0, limit), now=NOW, free=free)
    assert done == Cleaning(trimmed=5 - left)
    assert kept.ids() == [str(number) for number in range(left)]


def test_files_without_a_row_are_deleted(kept: Kept) -> None:
    kept.add("11", HOUR)
    kept.files.folder.write(f"{FOLDER}/gone/9.mp4", b"x")
    assert kept.files.offline.clean(OfflineSettings(), now=NOW, free=PLENTY) == Cleaning(orphans=1)
    assert kept.files.folder.names(f"{FOLDER}/gone") == []


def test_settings_of_the_offline_mode(kept: Kept) -> None:
    assert kept.files.offline_settings() == OfflineSettings(0, 50)
    kept.files.put_offline_settings(OfflineSettings(NOW, 100))
    assert kept.files.offline_settings() == OfflineSettings(NOW, 100)
    kept.files.folder.write("shared_prefs/offline_mode.xml", b"damaged")
    assert kept.files.offline_settings() == OfflineSettings(0, 50)


def test_drafts_open_while_their_files_are_whole(kept: Kept) -> None:
    drafts = kept.files.drafts
    draft = drafts.add("7", "uid", "été, 2 🎂", video=clip(1, 2), cover=still(1), now=NOW)
    assert drafts.of_user("uid") == [draft]
    assert drafts.of_user("other") == []
    assert drafts.open(draft) == "été, 2 🎂"


@pytest.mark.parametrize(
    ("name", "data"),
    [("video.mp4", None), ("video.mp4", b"short"), ("draft.json", None), ("draft.json", b"[]")],
)
def test_a_draft_with_a_bad_file_is_broken(kept: Kept, name: str, data: bytes | None) -> None:
    drafts = kept.files.drafts
    draft = drafts.add("7", "uid", "t", video=clip(1, 2), cover=still(1), now=NOW)
    if data is None:
        kept.files.folder.remove(f"files/draft/7/{name}")
    else:
        kept.files.folder.write(f"files/draft/7/{name}", data)
    with pytest.raises(BrokenDraftError):
        drafts.open(draft)
