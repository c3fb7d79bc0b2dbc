import asyncio
import io
import struct

import pytest
from PIL import Image

from harness.simphone.ui.screencap_command import screencap
from tests.simphone.ui.stand_ins import FakePhone, invocation


def test_png_to_stdout_as_appium_asks_for_it() -> None:
    command, out, _ = invocation(FakePhone(), "screencap", "-p", "-d", "4619827259835644672")
    assert asyncio.run(screencap(command)) == 0
    assert Image.open(io.BytesIO(out.data)).size == (1080, 2400)


def test_raw_to_stdout_without_an_option() -> None:
    command, out, _ = invocation(FakePhone(), "screencap")
    assert asyncio.run(screencap(command)) == 0
    assert struct.unpack("<IIII", out.data[:16]) == (1080, 2400, 1, 1)
    assert len(out.data) == 16 + 1080 * 2400 * 4


@pytest.mark.parametrize("words", [("/sdcard/a.png",), ("-p", "/sdcard/a")])
def test_into_a_file(words: tuple[str, ...]) -> None:
    phone = FakePhone()
    command, out, _ = invocation(phone, "screencap", *words)
    assert asyncio.run(screencap(command)) == 0
    assert out.data == b""
    (data,) = phone.fs.written.values()
    assert data.startswith(b"\x89PNG")


def test_what_goes_wrong_is_said() -> None:
    phone = FakePhone()
    phone.fs.read_only = True
    command, _, err = invocation(phone, "screencap", "/system/a.png")
    assert asyncio.run(screencap(command)) == 1
    assert err.data == b"Error opening file: /system/a.png (Read-only file system)\n"
    command, _, err = invocation(phone, "screencap", "-x")
    assert asyncio.run(screencap(command)) == 1
    assert err.data.startswith(b"usage: screencap")
