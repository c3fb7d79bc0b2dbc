"""The recorder in Appium's settings app, driven by `am start` as Appium does it."""

from __future__ import annotations

import asyncio
import struct

import pytest
from PIL import Image

from harness.simphone.android.apk.build import LAUNCH
from harness.simphone.android.apk.manifest import Component
from harness.simphone.android.appium_recorder import FOLDER, PACKAGE
from harness.simphone.media.mp4_boxes import find
from tests.simphone.android.phone import FakePhone

BEGIN = f"am start -n {PACKAGE}/.Settings -a {PACKAGE}.recording.ACTION_START"
END = f"am start -n {PACKAGE}/.Settings -a {PACKAGE}.recording.ACTION_STOP"
ALLOW = f"appops set {PACKAGE} PROJECT_MEDIA allow"
RUNNING = f"dumpsys activity services {PACKAGE}/.recorder.RecorderService"
GREY = Image.new("RGB", (108, 240), "grey")


@pytest.fixture
def recorder(phone: FakePhone, monkeypatch: pytest.MonkeyPatch) -> FakePhone:
    def frame(seen: int | None) -> tuple[int, Image.Image] | None:
        return None if seen else (1, GREY)

    monkeypatch.setattr(phone.display, "frame", frame, raising=False)
    activity = Component(f"{PACKAGE}.Settings", exported=True, filters=LAUNCH)
    phone.install(package=PACKAGE, activities=(activity,), behaviour={})
    return phone


def played(phone: FakePhone, *lines: str) -> list[str]:
    """What each line printed, a moment between them."""

    async def play() -> list[str]:
        told: list[str] = []
        for line in lines:
            told.append((await phone.call(line))[0])
            await asyncio.sleep(0.3)
        return told

    return asyncio.run(play())


def test_a_film_is_made_between_start_and_stop(recorder: FakePhone) -> None:
    begin = f"{BEGIN} --es filename a.mp4 --es resolution 176x144"
    told = played(recorder, ALLOW, RUNNING, begin, RUNNING, begin, END, RUNNING)
    assert [".recorder.RecorderService" in told[n] for n in (1, 3, 6)] == [False, True, False]
    film = recorder.fs.read(f"{FOLDER}/a.mp4")
    begin_of, _ = find(film, "moov/mvhd")
    scale, duration = struct.unpack_from(">II", film, begin_of + 12)
    assert duration / scale > 0.3


def test_without_the_mode_nothing_is_recorded(recorder: FakePhone) -> None:
    told = played(recorder, BEGIN, RUNNING, END)
    assert ".recorder.RecorderService" not in told[1]
    with pytest.raises(FileNotFoundError):
        recorder.fs.listdir(FOLDER)


def test_the_longest_time_ends_it(recorder: FakePhone) -> None:
    played(recorder, ALLOW, f"{BEGIN} --es filename b.mp4 --es max_duration_sec 0")
    assert recorder.fs.listdir(FOLDER) == ["b.mp4"]


def test_a_killed_recorder_leaves_nothing(recorder: FakePhone) -> None:
    told = played(recorder, ALLOW, BEGIN, f"am force-stop {PACKAGE}", RUNNING)
    assert ".recorder.RecorderService" not in told[3]
    assert recorder.activities.state.recording is None
