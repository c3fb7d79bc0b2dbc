"""A used phone loses its app: item by item, what was planted against what is left."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.fleet import SHIPPED_CODE, STORE, Fleet, Running, Wish
from harness.simphone.kept_files import kept_files
from harness.simphone.service.clips import clip_bytes
from harness.simphone.target import ADOPTED, CARD
from harness.simphone.used.planted import Planted
from harness.simphone.used.things import DRAFTS, OFFLINE
from tests.simphone.collected import shell
from tests.simphone.finger import Finger

Walk = Callable[[Running, tuple[Planted, ...], Finger], Awaitable[None]]


def on_used_phone(folder: Path, walk: Walk, **changes: object) -> None:
    async def run() -> None:
        wishes = {"content": "used", "logged_in": True} | changes
        wish = Wish("one", **wishes)  # pyright: ignore[reportArgumentType]
        fleet = Fleet([wish], folder)
        try:
            await fleet.start()
            running = fleet.running[0]
            running.phone.app_faults.greets = False  # popups have tests of their own
            await walk(running, running.control.planted, Finger(running.phone))
        finally:
            await fleet.stop()

    asyncio.run(run())


def same(running: Running, items: tuple[Planted, ...]) -> set[Planted]:
    """The items that are there with the bytes that were planted."""
    found: set[Planted] = set()
    for item in items:
        try:
            data = running.phone.fs.read(item.path)
        except FileNotFoundError:
            continue
        if hashlib.sha256(data).hexdigest() == item.sha256:
            found.add(item)
    return found


@pytest.mark.parametrize("api", [26, 30, 34, 36])
def test_uninstalling_loses_all_but_saved_videos(api: int, tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], _: Finger) -> None:
        assert same(running, items) == set(items)
        assert (await shell(running.phone, f"pm uninstall {PACKAGE}"))[1] == "Success\n"
        assert {item.kind for item in same(running, items)} == {"saved_video"}
        assert {row.owner for row in running.phone.media.rows()} == {None}
        running.phone.packages.install(running.apk, installer=STORE)
        assert {item.kind for item in same(running, items)} == {"saved_video"}

    on_used_phone(tmp_path, walk, api=api, card=True)


def test_after_a_reinstall_the_app_is_as_new(tmp_path: Path) -> None:
    async def walk(running: Running, _: tuple[Planted, ...], finger: Finger) -> None:
        running.phone.packages.uninstall(PACKAGE)
        running.phone.packages.install(running.apk, installer=STORE)
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see("Log into existing account")

    on_used_phone(tmp_path, walk)


def test_keeping_data_loses_nothing(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], finger: Finger) -> None:
        await shell(running.phone, f"cmd package uninstall -k {PACKAGE}")
        running.phone.packages.install(running.apk, installer=STORE)
        assert same(running, items) == set(items)
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see(f"Drafts: {len(DRAFTS)}")

    on_used_phone(tmp_path, walk)


def test_clearing_logs_out_and_orphans(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], finger: Finger) -> None:
        assert (await shell(running.phone, f"pm clear {PACKAGE}"))[1] == "Success\n"
        assert {item.kind for item in same(running, items)} == {"saved_video"}
        assert {row.owner for row in running.phone.media.rows()} == {None}
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see("Log into existing account")

    on_used_phone(tmp_path, walk)


def test_a_backup_brings_back_the_log_in_and_drafts(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], finger: Finger) -> None:
        running.phone.packages.uninstall(PACKAGE)
        running.phone.packages.install(running.apk, installer=STORE)
        kinds = {item.kind for item in same(running, items)}
        assert kinds >= {"draft", "offline_video", "log_in", "messages", "settings"}
        assert "cache" not in kinds
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see(f"@{running.account.user}")
        await finger.see(f"Drafts: {len(DRAFTS)}")

    on_used_phone(tmp_path, walk, allow_backup=True)


def test_a_preinstalled_app_goes_back_to_the_shipped_version(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], _: Finger) -> None:
        out = (await shell(running.phone, f"dumpsys package {PACKAGE}"))[1]
        assert "UPDATED_SYSTEM_APP" in out
        assert "Hidden system packages:" in out
        assert (await shell(running.phone, f"pm uninstall {PACKAGE}"))[1] == "Success\n"
        package = running.phone.packages.get(PACKAGE)
        assert package is not None
        assert package.version_code == SHIPPED_CODE
        assert {item.kind for item in same(running, items)} == {"saved_video"}

    on_used_phone(tmp_path, walk, preinstalled=True)


def test_a_card_that_is_out_keeps_what_the_app_put_there(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], _: Finger) -> None:
        running.phone.fs.eject_card(CARD)
        running.phone.packages.uninstall(PACKAGE)
        running.phone.fs.insert_card(CARD)
        left = same(running, items)
        assert {item.title for item in left if item.kind != "saved_video"} == {"card"}
        assert len([item for item in left if item.path.startswith(f"/storage/{CARD}/")]) == 2

    on_used_phone(tmp_path, walk, card=True)


def test_offline_videos_are_still_the_services(tmp_path: Path) -> None:
    """What `on_server` claims: the feed and the CDN give the same clip again."""

    async def walk(running: Running, items: tuple[Planted, ...], _: Finger) -> None:
        claimed = {item.path.rpartition("/")[2]: item for item in items if item.on_server}
        for thing in OFFLINE:
            item = claimed[f"{thing.clip.clip_id}.mp4"]
            assert item.kind == "offline_video"
            assert hashlib.sha256(clip_bytes(thing.clip.clip_id)).hexdigest() == item.sha256
        assert not [item for item in items if item.kind == "draft" and item.on_server]

    on_used_phone(tmp_path, walk)


def test_an_app_on_an_adopted_card_keeps_its_private_folder_there(tmp_path: Path) -> None:
    home = f"/mnt/expand/{ADOPTED}/user/0/{PACKAGE}"

    async def walk(running: Running, items: tuple[Planted, ...], finger: Finger) -> None:
        assert sum(item.path.startswith(home) for item in items) >= 40
        dump = (await shell(running.phone, f"dumpsys package {PACKAGE}"))[1]
        assert f"volumeUuid={ADOPTED}\n    dataDir={home}\n" in dump
        volumes = (await shell(running.phone, "sm list-volumes all"))[1]
        assert f"private:179,66 mounted {ADOPTED}\n" in volumes
        await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
        await finger.tap("Profile")
        await finger.see(f"Drafts: {len(DRAFTS)}")
        assert (await shell(running.phone, f"pm uninstall {PACKAGE}"))[1] == "Success\n"
        assert {item.kind for item in same(running, items)} == {"saved_video"}
        running.phone.packages.install(running.apk, installer=STORE)
        dump = (await shell(running.phone, f"dumpsys package {PACKAGE}"))[1]
        assert f"dataDir=/data/user/0/{PACKAGE}\n" in dump  # a new one goes to the phone's own

    on_used_phone(tmp_path, walk, adopted=True)


def test_the_phone_tells_what_lies_on_it_now(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], _: Finger) -> None:
        planted = {item.path: (item.size, item.sha256) for item in items}
        told = {str(row["path"]): row for row in kept_files(running.phone, PACKAGE)}
        assert {path: (row["size"], row["sha256"]) for path, row in told.items()} == planted
        saved = [item.path for item in items if item.kind == "saved_video"]
        assert {told[path]["owner"] for path in saved} == {PACKAGE}
        assert all(row["made"] for row in told.values())
        running.phone.packages.uninstall(PACKAGE)
        left = kept_files(running.phone, PACKAGE)
        assert [(row["path"], row["owner"], row["made"]) for row in left] == [
            (path, None, False) for path in sorted(saved)
        ]

    on_used_phone(tmp_path, walk)


def test_odd_names_lie_in_every_place(tmp_path: Path) -> None:
    async def walk(running: Running, items: tuple[Planted, ...], _: Finger) -> None:
        odd = [item for item in items if item.title == "file with an odd name"]
        names = " ".join(item.path for item in odd)
        assert all(part in names for part in ("line\nbreak", "/-rf", "$(reboot)", "sdksandbox"))
        assert {0, 70_000} <= {item.size for item in odd}
        assert f"/storage/{CARD}/Android/obb" in names
        running.phone.packages.uninstall(PACKAGE)
        kept = {item.path.rpartition("/")[2][:9] for item in odd if item in same(running, items)}
        assert kept == {".pending-", ".trashed-"}

    on_used_phone(tmp_path, walk, content="odd", card=True)
