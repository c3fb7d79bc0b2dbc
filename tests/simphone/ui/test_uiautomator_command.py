import asyncio

import pytest

from harness.simphone.ui.uiautomator_command import uiautomator
from tests.simphone.ui.stand_ins import APP, FakePhone, LogIn, invocation


def run(phone: FakePhone, *words: str) -> tuple[int, bytes, bytes]:
    command, out, err = invocation(phone, "uiautomator", *words)
    return asyncio.run(uiautomator(command)), out.data, err.data


@pytest.mark.parametrize(
    ("words", "path"),
    [((), "/sdcard/window_dump.xml"), (("--compressed", "/sdcard/x.xml"), "/sdcard/x.xml")],
)
def test_dump_writes_the_active_window(words: tuple[str, ...], path: str) -> None:
    phone = FakePhone()
    LogIn(phone.display).open()
    code, out, _ = run(phone, "dump", *words)
    assert (code, out) == (0, f"UI hierchary dumped to: {path}\n".encode())
    xml = phone.fs.written[path]
    assert APP.encode() in xml
    assert b"com.android.systemui" not in xml


def test_all_windows_and_the_terminal() -> None:
    phone = FakePhone()
    LogIn(phone.display).open()
    _, out, _ = run(phone, "dump", "--windows", "/dev/tty")
    assert out.startswith(b"<?xml")
    assert b"com.android.systemui" in out
    assert out.endswith(b"UI hierchary dumped to: /dev/tty\n")


def test_a_starting_window_has_no_root() -> None:
    phone = FakePhone()
    phone.display.open_window(APP, "Main")
    _, out, err = run(phone, "dump")
    assert (out, err) == (
        b"",
        b"ERROR: null root node returned by UiTestAutomationBridge.\n",
    )


def test_usage_and_a_file_that_cannot_be_written() -> None:
    phone = FakePhone()
    assert run(phone)[0] == 1
    assert run(phone, "help")[0] == 0
    LogIn(phone.display).open()
    phone.fs.read_only = True
    code, _, err = run(phone, "dump", "/system/x.xml")
    assert code == 1
    assert b"Read-only file system" in err
