"""Reasons for vanished content, each as a person at the phone would meet it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.used.things import DRAFTS, OFFLINE
from tests.simphone.collected import shell
from tests.simphone.finger import Finger

Walk = Callable[[Running, Finger, httpx.AsyncClient], Awaitable[None]]


def on_used_phone(folder: Path, walk: Walk) -> None:
    async def run() -> None:
        fleet = Fleet([Wish("one", content="used", logged_in=True)], folder)
        try:
            await fleet.start()
            running = fleet.running[0]
            url = running.control.url
            async with httpx.AsyncClient(base_url=url, timeout=5, trust_env=False) as client:
                await walk(running, Finger(running.phone), client)
        finally:
            await fleet.stop()

    asyncio.run(run())


async def offline_page(running: Running, finger: Finger) -> None:
    await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
    await finger.tap("Profile")
    await finger.tap("Profile menu")
    await finger.tap("Settings and privacy")
    await finger.tap("Offline videos")


@pytest.mark.parametrize(
    ("verb", "value", "party", "seen", "left"),
    [
        ("offline-expired", True, "client", "Your offline videos expired", 0),
        ("offline_trimmed", True, "client", "No offline videos", 0),
        ("offline_trimmed", 3, "client", "3 videos · 0.1 MB", 3),
        ("offline_list_lost", True, "client", "No offline videos", 0),
        ("low-storage-trim", True, "device", "No offline videos", 0),
        ("clock-moved", True, "device", "Your offline videos expired", 0),
        ("other-account", True, "account", "No offline videos", len(OFFLINE)),
        ("cache-cleared", True, "none", f"{len(OFFLINE)} videos · 0.3 MB", len(OFFLINE)),
    ],
)
def test_what_a_person_sees_and_what_is_left(
    verb: str, value: object, party: str, seen: str, left: int, tmp_path: Path
) -> None:
    async def walk(running: Running, finger: Finger, client: httpx.AsyncClient) -> None:
        answer = await client.post("/phone", json={"verb": verb, "value": value})
        assert (answer.status_code, answer.json()["party"]) == (200, party), answer.text
        await offline_page(running, finger)
        await finger.see(seen)
        folder = f"/data/data/{PACKAGE}/files/offlinemode/{running.account.sec_uid}"
        assert len(running.phone.fs.listdir(folder)) == left

    on_used_phone(tmp_path, walk)


def test_another_account_and_back(tmp_path: Path) -> None:
    async def walk(running: Running, finger: Finger, client: httpx.AsyncClient) -> None:
        start = running.phone.activities.start_activity
        await client.post("/phone", json={"verb": "other_account"})
        await start(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see("Sam Example two")
        assert finger.find(f"Drafts: {len(DRAFTS)}") is None
        await client.post("/phone", json={"verb": "other_account", "value": False})
        await start(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see(f"@{running.account.user}")
        await finger.see(f"Drafts: {len(DRAFTS)}")

    on_used_phone(tmp_path, walk)


def test_cleared_caches_leave_everything_else(tmp_path: Path) -> None:
    async def walk(running: Running, _: Finger, client: httpx.AsyncClient) -> None:
        before = (await client.get("/planted")).json()
        await client.post("/phone", json={"verb": "cache_cleared"})
        gone = [row for row in before if not _is_there(running, row["path"])]
        assert {row["class"] for row in gone} == {"cache"}
        assert len(gone) == sum(
            row["class"] == "cache" and "/code_cache/" not in row["path"] for row in before
        )

    on_used_phone(tmp_path, walk)


def _is_there(running: Running, path: str) -> bool:
    try:
        running.phone.fs.stat(path)
    except FileNotFoundError:
        return False
    return True


def test_what_the_shell_sees_of_app_folders(tmp_path: Path) -> None:
    async def walk(running: Running, _: Finger, client: httpx.AsyncClient) -> None:
        line = f"ls -A /sdcard/Android/data/{PACKAGE}"
        assert (await shell(running.phone, line))[1] == "cache\nfiles\n"
        await client.post("/phone", json={"verb": "app_folders", "value": "closed"})
        code, out, err = await shell(running.phone, line)
        assert (code, out, "Permission denied" in err) == (1, "", True)
        await client.post("/phone", json={"verb": "app_folders", "value": "empty"})
        assert await shell(running.phone, line) == (0, "", "")
        assert (await shell(running.phone, line, uid=0))[1] == "cache\nfiles\n"

    on_used_phone(tmp_path, walk)


def test_the_card_goes_in_and_out(tmp_path: Path) -> None:
    async def walk(running: Running, _: Finger, client: httpx.AsyncClient) -> None:
        for value, lines in (("inserted", 3), ("inserted", 3), ("ejected", 2), ("ejected", 2)):
            await client.post("/phone", json={"verb": "card", "value": value})
            out = (await shell(running.phone, "sm list-volumes all"))[1]
            assert len(out.splitlines()) == lines

    on_used_phone(tmp_path, walk)


@pytest.mark.parametrize(
    ("verb", "value", "sentence"),
    [
        ("offline_trimmed", "few", "needs how many to leave"),
        ("app_folders", "half", "needs one of open, closed, empty"),
        ("card", "half", "needs inserted or ejected"),
        ("other_account", 3, "needs true or false"),
    ],
)
def test_a_wrong_value_is_one_sentence(
    verb: str, value: object, sentence: str, tmp_path: Path
) -> None:
    async def walk(_: Running, __: Finger, client: httpx.AsyncClient) -> None:
        answer = await client.post("/phone", json={"verb": verb, "value": value})
        assert answer.status_code == 400
        assert sentence in answer.json()["error"]

    on_used_phone(tmp_path, walk)


def test_without_the_app_there_is_nothing_to_act_on(tmp_path: Path) -> None:
    async def walk(running: Running, _: Finger, client: httpx.AsyncClient) -> None:
        running.phone.packages.uninstall(PACKAGE)
        answer = await client.post("/phone", json={"verb": "offline_expired"})
        assert "is not installed" in answer.json()["error"]

    on_used_phone(tmp_path, walk)
