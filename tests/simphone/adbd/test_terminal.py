import asyncio

import pytest

from harness.simphone.adbd.terminal import TerminalInput, TerminalSink
from tests.simphone.adbd.test_shell_frames import Kept, Pieces


async def typed(*keys: bytes) -> tuple[bytes, bytes, bool]:
    """(what the program reads, what the screen shows, whether Ctrl-C was pressed)."""
    screen = Kept()
    terminal = TerminalInput(Pieces(*keys), TerminalSink(screen))
    await terminal.type_on()
    return await terminal.read(), b"".join(screen.writes), terminal.interrupted.is_set()


@pytest.mark.parametrize(
    ("keys", "read", "shown"),
    [
        (b"ls\r", b"ls\n", b"ls\r\n"),
        (b"lx\x7fs\n", b"ls\n", b"lx\b \bs\r\n"),
        (b"\x7fa\n", b"a\n", b"a\r\n"),
        (b"half", b"half", b"half"),
        (b"half\x04", b"half", b"half"),
        (b"\x04never\n", b"", b"never\r\n"),
    ],
)
def test_keys_become_lines_and_echo(keys: bytes, read: bytes, shown: bytes) -> None:
    assert asyncio.run(typed(keys)) == (read, shown, False)


def test_ctrl_c_discards_what_was_typed_and_interrupts() -> None:
    read, shown, interrupted = asyncio.run(typed(b"a\nb\x03c\n"))

    assert (read, shown, interrupted) == (b"c\n", b"a\r\nb^C\r\nc\r\n", True)


def test_a_read_ends_with_its_line() -> None:
    async def scenario() -> list[bytes]:
        terminal = TerminalInput(Pieces(b"one\ntwo\n"), Kept())
        await terminal.type_on()
        return [await terminal.read(2), await terminal.read(9), await terminal.read(9)]

    assert asyncio.run(scenario()) == [b"on", b"e\n", b"two\n"]
