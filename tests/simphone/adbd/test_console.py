import asyncio

from harness.simphone.adbd.shell_frames import FrameId, FrameParser, frame
from tests.simphone.adbd.host import connected
from tests.simphone.adbd.standins import Phone


def screen(heard: bytes) -> tuple[bytes, bytes]:
    """(what was shown, exit byte)."""
    frames = FrameParser().feed(heard)
    shown = b"".join(data for kind, data in frames if kind == FrameId.STDOUT)
    return shown, b"".join(data for kind, data in frames if kind == FrameId.EXIT)


def type_at(keys: bytes) -> tuple[bytes, bytes]:
    async def scenario() -> bytes:
        async with connected(Phone()) as (host, _):
            return await host.talk("shell,v2,TERM=xterm:", frame(FrameId.STDIN, keys))

    return screen(asyncio.run(scenario()))


def test_lines_are_run_one_by_one_until_exit() -> None:
    shown, code = type_at(b"ls\rexit\r")

    assert b"<ls>\r\n$ " in shown
    assert code == b"\x07"


def test_ctrl_d_ends_the_shell() -> None:
    assert type_at(b"\x04")[1] == b"\x00"


def test_ctrl_c_ends_a_hanging_command_and_the_shell_goes_on() -> None:
    shown, code = type_at(b"hang\r\x03\rexit\r")

    assert b"^C\r\n" in shown
    assert code == b"\x07"
