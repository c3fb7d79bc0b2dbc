"""screenrecord: what it writes, when it stops, and what it says to wrong words."""

import asyncio
from collections.abc import Callable, Iterable

import pytest
from PIL import Image

from harness.simphone.media.mp4_boxes import boxes
from harness.simphone.sh.signals import INT
from harness.simphone.ui.filming import fitted
from harness.simphone.ui.screenrecord_command import screenrecord
from tests.simphone.media.avc_decoder import decode
from tests.simphone.ui.stand_ins import FakePhone, LogIn, invocation


class CatchingShell:
    """Remembers what a program does at a signal."""

    def __init__(self) -> None:
        self.caught: Callable[[int], None] = lambda _signal: None

    def catch(self, pid: int, signals: Iterable[int], caught: Callable[[int], None]) -> None:
        del pid
        assert INT in signals
        self.caught = caught


def recorded(phone: FakePhone) -> bytes:
    (data,) = phone.fs.written.values()
    return data


def test_a_film_shows_what_changed_and_how_long() -> None:
    shell = CatchingShell()
    phone = FakePhone(shell=shell)

    async def play() -> int:
        words = ("--size", "96x208", "--bit-rate=2M", "/sdcard/a.mp4")
        command, _, _ = invocation(phone, "screenrecord", *words)
        running = asyncio.ensure_future(screenrecord(command))
        await asyncio.sleep(0.6)
        LogIn(phone.display).open()
        await asyncio.sleep(0.6)
        shell.caught(INT)
        return await asyncio.wait_for(running, 2)

    assert asyncio.run(play()) == 0
    film = decode(recorded(phone))
    assert film.size == (96, 208)
    assert len(film.pictures) == 2
    assert 900 <= sum(film.shown_ms) <= 2500
    assert film.pictures[0].tobytes() != film.pictures[1].tobytes()


def test_the_time_limit_ends_it() -> None:
    phone = FakePhone()
    words = ("--time-limit", "1", "--size", "96x96", "/sdcard/a.mp4")
    command, _, _ = invocation(phone, "screenrecord", *words)
    assert asyncio.run(asyncio.wait_for(screenrecord(command), 5)) == 0
    assert 900 <= sum(decode(recorded(phone)).shown_ms) <= 1600


def test_killed_it_leaves_a_file_that_nobody_plays() -> None:
    phone = FakePhone()

    async def play() -> None:
        words = ("--size", "96x96", "/sdcard/a.mp4")
        command, _, _ = invocation(phone, "screenrecord", *words)
        running = asyncio.ensure_future(screenrecord(command))
        await asyncio.sleep(0.3)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(play())
    assert [kind for kind, _, _ in boxes(recorded(phone))] == ["ftyp", "mdat"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "Must specify output file"),
        (("a.mp4", "b.mp4"), 2, "Must specify output file"),
        (("--size", "10", "a"), 2, "Invalid size '10', must be width x height"),
        (("--size", "16x16", "a"), 234, "ERROR: unable to configure video/avc codec at 16x16"),
        (("--bit-rate", "50000", "a"), 2, "Bit rate 50000bps outside acceptable range [100000,"),
        (("--bit-rate", "fast", "a"), 2, "Unrecognized value: fast"),
        (("--time-limit", "181", "a"), 2, "Time limit 181s outside acceptable range [1,180]"),
        (("--time-limit", "0", "a"), 2, "Time limit 0s outside acceptable range [1,180]"),
        (("--size",), 2, "option requires an argument -- size"),
        (("--loud", "a"), 2, "unknown option -- loud"),
        (("--help",), 0, "Usage: screenrecord [options] <filename>"),
    ],
)
def test_wrong_words(words: tuple[str, ...], code: int, said: str) -> None:
    command, _, err = invocation(FakePhone(), "screenrecord", *words)
    assert asyncio.run(screenrecord(command)) == code
    assert said in err.data.decode()


def test_a_file_that_cannot_be_made() -> None:
    phone = FakePhone()
    phone.fs.read_only = True
    command, _, err = invocation(phone, "screenrecord", "/system/a.mp4")
    assert asyncio.run(screenrecord(command)) == 1
    assert err.data == b"Unable to open '/system/a.mp4': Read-only file system\n"


@pytest.mark.parametrize(
    ("screen", "size", "black"), [((100, 200), (50, 100), 0), ((100, 200), (60, 100), 10)]
)
def test_the_screens_shape_is_kept(
    screen: tuple[int, int], size: tuple[int, int], black: int
) -> None:
    image = fitted(Image.new("RGB", screen, (255, 255, 255)), size)
    assert image.size == size
    histogram = image.convert("L").histogram()
    assert histogram[0] == black * 100
