"""Drafts, offline videos and saving, on a used phone, by finger."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.app.kept.offline_videos import DAY, LOW_STORAGE_LIMIT
from harness.simphone.control import set_faults
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.target import Target
from harness.simphone.ui.node import Node
from harness.simphone.used.things import DRAFTS, OFFLINE, SAVED
from tests.simphone.collected import shell
from tests.simphone.finger import Finger

DATA = f"/data/data/{PACKAGE}"
CHAIN_ON = "cmd connectivity set-chain3-enabled true"
NETWORKING = "cmd connectivity set-package-networking-enabled"
CAMERA = "/storage/emulated/0/DCIM/Camera"
Walk = Callable[[Fleet, Running, Finger], Awaitable[None]]


def on_used_phone(folder: Path, walk: Walk, *, content: str = "used") -> None:
    async def run() -> None:
        fleet = Fleet([Wish("one", content=content, logged_in=True)], folder)
        try:
            await fleet.start()
            fleet.running[0].phone.app_faults.greets = False  # popups have tests of their own
            await walk(fleet, fleet.running[0], Finger(fleet.running[0].phone))
        finally:
            await fleet.stop()

    asyncio.run(run())


async def start(running: Running) -> None:
    """A cold start of the app."""
    running.phone.activities.force_stop(PACKAGE)
    await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")


async def offline_page(finger: Finger) -> None:
    await finger.tap("Profile")
    await finger.tap("Profile menu")
    await finger.tap("Settings and privacy")
    await finger.tap("Offline videos")


def tiles(finger: Finger) -> list[Node]:
    return [node for node in finger.find_id("cover") if node.desc]


def test_offline_videos_play_without_a_network(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        running.phone.conditions.airplane = True
        await start(running)
        await finger.see("No internet connection")
        await finger.tap("Watch offline videos")
        await finger.see(f"{len(OFFLINE)} videos · 0.3 MB")
        assert {tile.desc for tile in tiles(finger)} == {t.clip.caption for t in OFFLINE}
        await finger.tap(OFFLINE[2].clip.caption)
        await finger.see("Pause video")
        await finger.see(OFFLINE[2].clip.caption)
        bar = await finger.see("Video progress")
        assert bar.cls == "android.widget.SeekBar"
        await finger.until(lambda: "0:01" in finger.texts(), "one second of the video")
        await finger.tap("Pause video")
        await finger.see("Play video")

    on_used_phone(tmp_path, walk)


@pytest.mark.parametrize(
    ("off", "on"),
    [
        ("cmd connectivity airplane-mode enable", "cmd connectivity airplane-mode disable"),
        ("svc wifi disable; svc data disable", "svc wifi enable; svc data enable"),
        (f"{CHAIN_ON}; {NETWORKING} false {PACKAGE}", f"{NETWORKING} true {PACKAGE}"),
    ],
    ids=["airplane", "radios", "firewall"],
)
def test_ways_to_cut_the_app_off(off: str, on: str, tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        assert (await shell(running.phone, off))[0] == 0
        asked = len(fleet.service.gate.asked)
        await start(running)
        await finger.see("Watch offline videos")
        assert len(fleet.service.gate.asked) == asked
        assert (await shell(running.phone, on))[0] == 0
        await finger.tap("Retry")
        await finger.see("Share")

    on_used_phone(tmp_path, walk)


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_bad_file_is_said_to_be_bad(damage: str, tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        await start(running)
        await offline_page(finger)
        sec_uid, clip = running.account.sec_uid, OFFLINE[0].clip
        path = f"{DATA}/files/offlinemode/{sec_uid}/{clip.clip_id}.mp4"
        if damage == "missing":
            running.phone.fs.remove(path)
        else:
            running.phone.fs.write(path, b"\0" * 40_000)
        await finger.tap(clip.caption)
        await finger.see("Couldn't play video")
        assert finger.find("Pause video") is None

    on_used_phone(tmp_path, walk)


def test_drafts_open_without_a_network(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        running.phone.conditions.airplane = True
        await start(running)
        await finger.tap("Profile")
        tile = await finger.see(f"Drafts: {len(DRAFTS)}")
        assert tile.clickable
        await finger.tap_node(tile)
        for thing in DRAFTS:
            await finger.see(thing.title)
        await finger.tap(DRAFTS[1].title)
        await finger.see("Post")
        await finger.see(DRAFTS[1].title)

    on_used_phone(tmp_path, walk)


def test_a_draft_without_its_video_does_not_open(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        fs = running.phone.fs
        for name in fs.listdir(f"{DATA}/files/draft"):
            fs.remove(f"{DATA}/files/draft/{name}/video.mp4")
        await start(running)
        await finger.tap("Profile")
        await finger.tap(f"Drafts: {len(DRAFTS)}")
        await finger.tap(DRAFTS[0].title)
        await finger.see("Couldn't open draft")

    on_used_phone(tmp_path, walk)


def test_expired_videos_go_at_the_next_start_and_it_says_so_once(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        running.phone.clock.offset += 100 * DAY
        await start(running)
        await offline_page(finger)
        await finger.see("No offline videos")
        await finger.see("Your offline videos expired")
        assert running.phone.fs.listdir(_folder(running)) == []
        await start(running)
        await offline_page(finger)
        await finger.see("No offline videos")
        assert finger.find("Your offline videos expired") is None

    on_used_phone(tmp_path, walk)


def _folder(running: Running) -> str:
    return f"{DATA}/files/offlinemode/{running.account.sec_uid}"


def test_low_storage_trims_at_a_start(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        running.phone.fs.free_bytes = 1 << 30
        await start(running)
        await offline_page(finger)
        await finger.until(lambda: len(tiles(finger)) == LOW_STORAGE_LIMIT, "a short list")
        assert len(running.phone.fs.listdir(_folder(running))) == LOW_STORAGE_LIMIT

    on_used_phone(tmp_path, walk)


def test_a_download_fills_the_list_by_the_feed_and_the_cdn(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await start(running)
        await offline_page(finger)
        await finger.see("No offline videos")
        await finger.tap("Download")
        await finger.until(lambda: finger.find("50 videos · 2.0 MB"), "50 videos")
        assert len(running.phone.fs.listdir(_folder(running))) == 50
        asked = [path for _, path in fleet.service.gate.asked]
        assert sum(path.startswith("/video/") for path in asked) >= 50
        assert sum(path.startswith("/aweme/v1/feed/") for path in asked) >= 3

    on_used_phone(tmp_path, walk, content="none")


@pytest.mark.parametrize(
    ("fault", "seen", "left"),
    [
        ("feed-reset", "2 videos · 0.1 MB", 2),
        ("http-500", "Something went wrong", 0),
    ],
)
def test_a_download_ends_when_the_feed_gives_no_more(
    fault: str, seen: str, left: int, tmp_path: Path
) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await start(running)
        await offline_page(finger)
        await set_faults(Target(running.phone, fleet.service), [(fault, "feed")])
        await finger.tap("Download")
        await finger.see(seen)
        await finger.see("Download 50 videos")
        assert len(running.phone.fs.listdir(_folder(running))) == left

    on_used_phone(tmp_path, walk, content="none")


def test_a_download_waits_for_what_it_needs(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        phone = running.phone
        await start(running)
        await offline_page(finger)
        phone.fs.free_bytes = 1 << 30
        await finger.tap("100 videos")
        await finger.see("Download 100 videos")
        await finger.tap("50 videos")
        await finger.tap("Download 50 videos")
        await finger.see("Not enough storage space")
        phone.conditions.airplane = True
        phone.fs.free_bytes = 40 << 30
        await finger.see("No network connection")
        phone.conditions.airplane = False
        phone.conditions.wifi = False
        await finger.see("Waiting for Wi-Fi")
        await finger.tap("Pause")
        phone.conditions.wifi = True
        await finger.see("Paused")
        await finger.tap("Resume")
        await finger.until(lambda: finger.find("Downloading 5 of 50"), "a download that goes on")
        phone.conditions.airplane = True
        await finger.see("No network connection")
        assert 5 <= len(phone.fs.listdir(_folder(running))) < 50

    on_used_phone(tmp_path, walk, content="none")


def test_saving_writes_a_file_that_mediastore_knows(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        before = {row.number for row in running.phone.media.rows()}
        await start(running)
        await finger.tap("Share")
        await finger.tap("Save video")
        await finger.see("Video saved")
        (row,) = [row for row in running.phone.media.rows() if row.number not in before]
        assert row.path.startswith(f"{CAMERA}/")
        assert (row.owner, row.path[-4:], row.pending) == (PACKAGE, ".mp4", False)
        assert len(running.phone.fs.listdir(CAMERA)) == len(SAVED) + 1

    on_used_phone(tmp_path, walk)


@pytest.mark.parametrize("full", [True, False], ids=["full", "no network"])
def test_saving_that_fails_says_why(full: bool, tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        phone = running.phone
        await start(running)
        await finger.see("Share")
        if full:
            phone.fs.free_bytes = 0
        else:
            await asyncio.sleep(0.2)
            phone.conditions.airplane = True
            phone.fs.remove(f"{DATA}/cache/cachev2", recursive=True)
        await finger.tap("Share")
        await finger.tap("Save video")
        await finger.see("Not enough storage space" if full else "No internet connection")
        assert len(phone.fs.listdir(CAMERA)) == len(SAVED)

    on_used_phone(tmp_path, walk)


@pytest.mark.parametrize(
    ("fault", "scope", "seen"),
    [
        ("opens-nothing", "offline", "Couldn't play video"),
        ("opens-nothing", "drafts", "Couldn't open draft"),
    ],
)
def test_faults_of_the_app(fault: str, scope: str, seen: str, tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        running.phone.app_faults.set_faults([(fault, scope)])
        await start(running)
        if scope == "offline":
            await offline_page(finger)
            await finger.tap(OFFLINE[0].clip.caption)
        else:
            await finger.tap("Profile")
            await finger.tap(f"Drafts: {len(DRAFTS)}")
            await finger.tap(DRAFTS[0].title)
        await finger.see(seen)

    on_used_phone(tmp_path, walk)


def test_after_a_log_out_and_log_in_the_content_is_back(tmp_path: Path) -> None:
    async def walk(_: Fleet, running: Running, finger: Finger) -> None:
        phone = running.phone
        await start(running)
        await finger.tap("Profile")
        await finger.see(f"Drafts: {len(DRAFTS)}")
        await finger.tap("Profile menu")
        await finger.tap("Settings and privacy")
        await finger.tap("Log out")
        await finger.see("Are you sure you want to log out?")
        (sure,) = [n for r in phone.display.roots() for n in r.walk() if n.desc == "Log out"]
        await finger.tap_node(sure)
        await finger.see("Log into existing account")
        assert finger.find(f"Drafts: {len(DRAFTS)}") is None
        await finger.tap("Log in")
        await finger.tap("Use phone / email / username")
        await finger.tap("Email / username")
        await finger.type_into("Email or username", running.account.user)
        await finger.type_into("Password", running.account.password)
        await phone.display.key(4)
        await finger.tap_node(finger.find_id("emm")[0])
        await finger.see(f"Drafts: {len(DRAFTS)}")
        await phone.display.key(4)
        await offline_page(finger)
        await finger.until(lambda: len(tiles(finger)) == len(OFFLINE), "all offline videos")

    on_used_phone(tmp_path, walk)
