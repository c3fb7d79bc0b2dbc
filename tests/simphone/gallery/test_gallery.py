"""The phone's gallery answers VIEW of a MediaStore row, also without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.simphone.android.intents import parse_intent
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.gallery.screens import BROKEN, EMPTY
from harness.simphone.media.stills import clip, still
from tests.simphone.collected import shell
from tests.simphone.finger import Finger

CAMERA = "/storage/emulated/0/DCIM/Camera"
Walk = Callable[[Running, Finger], Awaitable[None]]


def on_phone(folder: Path, walk: Walk) -> None:
    async def run() -> None:
        fleet = Fleet([Wish("one")], folder)
        try:
            await fleet.start()
            running = fleet.running[0]
            running.phone.conditions.airplane = True
            await walk(running, Finger(running.phone))
        finally:
            await fleet.stop()

    asyncio.run(run())


async def view(running: Running, name: str, data: bytes, kind: str = "video") -> None:
    """Puts a file into the camera folder and has it shown, as adb would."""
    phone = running.phone
    phone.fs.write(f"{CAMERA}/{name}", data, uid=2000)
    (row,) = [row for row in phone.media.rows() if row.name == name]
    uri = f"content://media/external/{kind}/media/{row.number}"
    code, out, err = await shell(phone, f"am start -W -a android.intent.action.VIEW -d {uri}")
    assert (code, "Status: ok" in out) == (0, True), out + err


def test_a_video_plays_and_stops_at_a_tap(tmp_path: Path) -> None:
    async def walk(running: Running, finger: Finger) -> None:
        await view(running, "my clip, 1.mp4", clip(1))
        await finger.see("my clip, 1.mp4")
        bar = await finger.see("Video progress")
        assert bar.text == "0:00"
        await finger.until(lambda: "0:01" in finger.texts(), "one second of the video")
        await finger.tap("Pause video")
        await finger.see("Play video")
        await finger.tap("Navigate up")
        assert finger.find("Play video") is None

    on_phone(tmp_path, walk)


@pytest.mark.parametrize("data", [b"", clip(1)[:5000], b"\0" * 900], ids=["empty", "cut", "zeros"])
def test_a_damaged_video_is_said_to_be_so(data: bytes, tmp_path: Path) -> None:
    async def walk(running: Running, finger: Finger) -> None:
        await view(running, "bad.mp4", data)
        await finger.see(BROKEN)
        assert finger.find("Pause video") is None

    on_phone(tmp_path, walk)


def test_a_missing_row_and_a_photo(tmp_path: Path) -> None:
    async def walk(running: Running, finger: Finger) -> None:
        intent = ["-a", "android.intent.action.VIEW", "-d"]
        missing = parse_intent([*intent, "content://media/external/video/media/1"])
        await running.phone.activities.launch(missing)
        await finger.see(BROKEN)
        await view(running, "one.jpg", still(1), "images")
        await finger.see("one.jpg")
        assert finger.find("Pause video") is None

    on_phone(tmp_path, walk)


def test_the_icon_opens_a_list(tmp_path: Path) -> None:
    async def walk(running: Running, finger: Finger) -> None:
        await running.phone.activities.start_activity(
            "com.google.android.apps.photos/.home.HomeActivity"
        )
        await finger.see(EMPTY)

    on_phone(tmp_path, walk)
