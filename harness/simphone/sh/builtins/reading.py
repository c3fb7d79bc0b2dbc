"""`read`: one line of stdin into variables, and not a byte more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from harness.simphone.sh.simple import Builtin

if TYPE_CHECKING:
    from harness.simphone.contracts import Source
    from harness.simphone.sh.interpreter import Interpreter


async def _read(shell: Interpreter, words: list[str]) -> int:
    rest = words[1:]
    raw, seconds, count, fd = False, None, 0, 0
    while rest and rest[0].startswith("-") and len(rest[0]) > 1:
        option = rest.pop(0)
        raw = raw or "r" in option
        letter = option[-1]
        if letter in "tnNu":
            value = rest.pop(0)
            seconds = float(value) if letter == "t" else seconds
            count = int(value) if letter in "nN" else count
            fd = int(value) if letter == "u" else fd
    try:
        async with asyncio.timeout(seconds):
            line, ended = await _line(shell.fds.get(fd), raw=raw, count=count)
    except TimeoutError:
        return 1
    names = rest or ["REPLY"]
    separators = shell.state.variables.get("IFS", " \t\n")
    for name, value in zip(names, _split(line, len(names), separators), strict=True):
        shell.state.assign(name, value)
    return 0 if ended else 1


async def _line(source: Source, *, raw: bool, count: int) -> tuple[str, bool]:
    data = bytearray()
    escaped = False
    while not count or len(data) < count:
        byte = await source.read(1)
        if not byte:
            return data.decode(errors="surrogateescape"), False
        if byte == b"\n" and not escaped:
            break
        if byte == b"\\" and not raw and not escaped:
            escaped = True
            continue
        if not (escaped and byte == b"\n"):
            data += byte
        escaped = False
    return data.decode(errors="surrogateescape"), True


def _split(line: str, count: int, separators: str) -> list[str]:
    """Cuts at separators into `count` values; the last takes the rest."""
    blanks = "".join(c for c in separators if c in " \t\n")
    values: list[str] = []
    rest = line.strip(blanks) if blanks else line
    while len(values) < count - 1:
        end = next((i for i, c in enumerate(rest) if c in separators), len(rest))
        values.append(rest[:end])
        rest = rest[end:].lstrip(blanks) if blanks else rest[end:]
        if rest[:1] and rest[0] in separators and rest[0] not in blanks:
            rest = rest[1:].lstrip(blanks) if blanks else rest[1:]
    return [*values, rest]


BUILTINS: dict[str, Builtin] = {"read": _read}
