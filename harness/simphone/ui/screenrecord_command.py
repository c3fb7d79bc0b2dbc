"""`screenrecord`: the screen as an MP4 file, until SIGINT, SIGHUP or the time limit.

Source: AOSP, frameworks/av/cmds/screenrecord/screenrecord.cpp. As there, a picture is only
added when the screen changes, and a recorder that is killed leaves a file without index,
which no player opens. The smallest size that the encoder takes is this phone's.
"""

from __future__ import annotations

import asyncio
import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from harness.simphone.contracts import Invocation
from harness.simphone.sh.signals import HUP, INT
from harness.simphone.ui.filming import filmed

SMALLEST, LARGEST = 96, 4096
_LEAST_RATE, _MOST_RATE, _USUAL_RATE = 100_000, 200_000_000, 20_000_000
_MOST_SECONDS = 180
_VALUES = ("size", "bit-rate", "time-limit", "codec-name")
_FLAGS = ("verbose", "bugreport", "help")
_USAGE = """Usage: screenrecord [options] <filename>

Android screenrecord v1.3.  Records the device's display to a .mp4 file.

Options:
--size WIDTHxHEIGHT
--bit-rate RATE
--bugreport
--time-limit TIME
--verbose
--help

Recording continues until Ctrl-C is hit or the time limit is reached.

"""


@runtime_checkable
class CatchesSignals(Protocol):
    """Shells that let a program of theirs deal with a signal by itself."""

    def catch(self, pid: int, signals: Iterable[int], caught: Callable[[int], None]) -> None: ...


class _Refused(Exception):  # noqa: N818 - an answer of the program, as its exit code
    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


@dataclass(slots=True)
class _Wanted:
    size: tuple[int, int] | None = None
    rate: int = _USUAL_RATE
    seconds: int = _MOST_SECONDS
    path: str = ""
    usage: bool = False


async def screenrecord(invocation: Invocation) -> int:
    """Exit code 0 once the file is whole, 1 where it cannot be written, 2 for wrong words."""
    try:
        wanted = _read(list(invocation.argv[1:]))
        if wanted.usage:
            await invocation.stderr.write(_USAGE.encode())
            return 0
        _write(invocation, wanted.path, b"")
        return await _record(invocation, wanted)
    except _Refused as refused:
        await invocation.stderr.write(f"{refused}\n".encode())
        return refused.code


async def _record(invocation: Invocation, wanted: _Wanted) -> int:
    stop = asyncio.Event()
    shell = invocation.phone.shell
    if isinstance(shell, CatchesSignals):
        shell.catch(invocation.pid, (INT, HUP), lambda _signal: stop.set())
    size = wanted.size or (invocation.phone.spec.width, invocation.phone.spec.height)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        text = f"ERROR: unable to configure video/avc codec at {size[0]}x{size[1]} (err=-22)"
        raise _Refused(text, 234)

    def keep_unfinished(data: bytes) -> None:
        _write(invocation, wanted.path, data)

    display = invocation.phone.display
    film = await filmed(display, size, wanted.rate, wanted.seconds, stop, keep_unfinished)
    _write(invocation, wanted.path, film)
    return 0


def _read(words: list[str]) -> _Wanted:
    wanted = _Wanted()
    paths: list[str] = []
    while words:
        word = words.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--"):
            paths.append(word)
        elif name in _VALUES:
            if not equals and not words:
                raise _Refused(f"screenrecord: option requires an argument -- {name}", 2)
            _set(wanted, name, value if equals else words.pop(0))
        elif name not in _FLAGS:
            raise _Refused(f"screenrecord: unknown option -- {name}", 2)
        elif name == "help":
            wanted.usage = True
    if not wanted.usage:
        if len(paths) != 1:
            raise _Refused("Must specify output file (see --help).", 2)
        wanted.path = paths[0]
    return wanted


def _set(wanted: _Wanted, name: str, value: str) -> None:
    if name == "size":
        found = re.fullmatch(r"(\d+)x(\d+)", value)
        if found is None:
            raise _Refused(f"Invalid size '{value}', must be width x height", 2)
        wanted.size = (int(found[1]), int(found[2]))
    elif name == "bit-rate":
        found = re.fullmatch(r"(\d+)([mM]?)", value)
        if found is None:
            raise _Refused(f"Unrecognized value: {value}", 2)
        wanted.rate = int(found[1]) * (1_000_000 if found[2] else 1)
        if not _LEAST_RATE <= wanted.rate <= _MOST_RATE:
            limits = f"[{_LEAST_RATE},{_MOST_RATE}]"
            raise _Refused(f"Bit rate {wanted.rate}bps outside acceptable range {limits}", 2)
    elif name == "time-limit":
        wanted.seconds = int(value) if value.isdigit() else 0
        if not 1 <= wanted.seconds <= _MOST_SECONDS:
            limits = f"[1,{_MOST_SECONDS}]"
            raise _Refused(f"Time limit {wanted.seconds}s outside acceptable range {limits}", 2)


def _write(invocation: Invocation, path: str, data: bytes) -> None:
    try:
        invocation.phone.fs.write(
            posixpath.join(invocation.cwd, path), data, uid=invocation.uid, ns=invocation.ns
        )
    except OSError as error:
        raise _Refused(f"Unable to open '{path}': {error.strerror}", 1) from error
