"""A used phone: what is planted lies there, is told truly, and is the same for one seed."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.used import cached
from harness.simphone.used.planted import Planted, planted
from harness.simphone.used.survey import survey
from harness.simphone.used.things import DRAFTS, OFFLINE, SAVED
from tests.simphone.collected import shell
from tests.simphone.finger import Finger

Walk = Callable[[Fleet, Running, Finger], Awaitable[None]]


def on_used_phone(folder: Path, walk: Walk, *, logged_in: bool = True, seed: int = 1) -> None:
    folder.mkdir(exist_ok=True)

    async def run() -> None:
        fleet = Fleet([Wish("one", content="used", logged_in=logged_in, seed=seed)], folder)
        try:
            await fleet.start()
            await walk(fleet, fleet.running[0], Finger(fleet.running[0].phone))
        finally:
            await fleet.stop()

    asyncio.run(run())


async def told(running: Running) -> list[dict[str, object]]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        return (await client.get(f"{running.control.url}/planted")).json()


def test_every_planted_item_lies_there_as_told(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, __: Finger) -> None:
        rows = await told(running)
        classes = Counter(row["class"] for row in rows)
        assert classes["draft"] == 3 * len(DRAFTS) >= 12
        assert classes["offline_video"] == len(OFFLINE) >= 6
        assert classes["saved_video"] == len(SAVED) >= 3
        assert set(classes) >= {"messages", "cache", "settings", "log_in", "database"}
        assert len(rows) >= 40
        for row in rows:
            assert set(row) == {"class", "path", "size", "sha256", "title", "on_server"}
            data = running.phone.fs.read(str(row["path"]))
            assert (len(data), hashlib.sha256(data).hexdigest()) == (row["size"], row["sha256"])
        names = "".join(str(row["path"]) + str(row["title"]) for row in rows)
        assert all(odd in names for odd in (" ", ",", "\n", "🎂", "é"))

    on_used_phone(tmp_path, walk)


def test_root_sees_the_same_files_by_find(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, __: Finger) -> None:
        wanted = {str(row["path"]) for row in await told(running)}
        running.phone.adb_root = True
        script = f"find /data/user/0/{PACKAGE}/ -type f -exec stat -c '%s %n' {{}} +"
        out = (await shell(running.phone, script, uid=0))[1]
        for path in wanted:
            if path.startswith("/data/user/0/"):
                assert f" {path}\n" in out

    on_used_phone(tmp_path, walk)


def test_the_same_seed_gives_the_same_things(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    async def walk(_: Fleet, running: Running, __: Finger) -> None:
        rows = await told(running)
        seen.append(
            [f"{r['title']} {r['sha256']}" for r in rows if r["class"] == "offline_video"]
            + [running.account.uid, running.account.sec_uid]
        )

    on_used_phone(tmp_path / "1", walk, seed=3)
    on_used_phone(tmp_path / "2", walk, seed=3)
    on_used_phone(tmp_path / "3", walk, seed=4)
    assert seen[0] == seen[1] != seen[2]


def test_databases_have_the_tables_that_forensics_names(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, __: Finger) -> None:
        folder = f"/data/data/{PACKAGE}/databases"
        uid = running.account.uid
        for name, sql, rows in (
            (f"{uid}_im.db", "SELECT count(*) FROM msg WHERE content LIKE '{%'", 18),
            (f"{uid}_im.db", "SELECT count(*) FROM conversation_core", 3),
            ("db_im_xx", "SELECT count(*) FROM SIMPLE_USER WHERE FOLLOW_STATUS IN (1, 2)", 4),
            ("downloader.db", "SELECT count(*) FROM downloader", 3),
            ("TIKTOK.db", "SELECT count(*) FROM app_open", 9),
            ("ss_app_log.db", "SELECT count(*) FROM session", 4),
            ("video.db", "SELECT count(*) FROM video_http_header_t", 6),
            ("offlinemode.db", "SELECT count(*) FROM offline_video", len(OFFLINE)),
            ("aweme_draft.db", "SELECT count(*) FROM local_draft", len(DRAFTS)),
        ):
            with sqlite3.connect(running.phone.fs.host_path(f"{folder}/{name}")) as database:
                assert database.execute(sql).fetchone() == (rows,), name

    on_used_phone(tmp_path, walk)


def test_the_app_is_logged_in_and_works(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see(f"@{running.account.user}")
        await finger.see(f"Drafts: {len(DRAFTS)}")
        await finger.tap("1284")
        await finger.see("Followers 1284")

    on_used_phone(tmp_path, walk)


def test_logged_out_it_shows_nothing_and_keeps_the_files(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see("Log into existing account")
        await finger.tap("Profile menu")
        await finger.tap("Settings and privacy")
        await finger.tap("Offline videos")
        await finger.see("Log in to see your offline videos")
        rows = [row for row in await told(running) if row["class"] == "offline_video"]
        assert all(running.phone.fs.read(str(row["path"])) for row in rows)

    on_used_phone(tmp_path, walk, logged_in=False)


def test_logged_in_without_content(tmp_path: Path) -> None:
    async def run() -> None:
        fleet = Fleet([Wish("one", logged_in=True)], tmp_path)
        try:
            await fleet.start()
            running = fleet.running[0]
            assert await told(running) == []
            finger = Finger(running.phone)
            running.phone.app_faults.greets = False  # popups have tests of their own
            await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
            await finger.tap("Profile")
            await finger.see(f"@{running.account.user}")
            assert not [text for text in finger.texts() if text.startswith("Drafts")]
        finally:
            await fleet.stop()

    asyncio.run(run())


def test_large_content_has_its_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (cached.SMALL_FILES, cached.BIG_BYTES) == (5000, 200_000_000)
    monkeypatch.setattr(cached, "SMALL_FILES", 40)  # each takes a millisecond

    async def run() -> None:
        fleet = Fleet([Wish("one", content="large")], tmp_path)
        try:
            await fleet.start()
            items = fleet.running[0].control.planted
            assert sum(item.title == "sticker cache" for item in items) == 40
            assert {0, 200_000_000} <= {item.size for item in items}
        finally:
            await fleet.stop()

    asyncio.run(run())


def test_an_unknown_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="content 'old' is not simulated"):
        Fleet([Wish("x", content="old")], tmp_path)


def test_a_file_without_a_label_is_noticed(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, __: Finger) -> None:
        with pytest.raises(KeyError):
            survey(running.phone.fs, PACKAGE, {})

    on_used_phone(tmp_path, walk)


def test_a_planted_item_knows_its_hash() -> None:
    item = planted("draft", "/a", b"", 'draft "x"', on_server=False)
    assert item == Planted("draft", "/a", 0, hashlib.sha256(b"").hexdigest(), 'draft "x"', False)
    assert item.row()["class"] == "draft"
