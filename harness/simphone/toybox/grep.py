"""`grep`, `egrep`, `fgrep`."""

from __future__ import annotations

import re
import stat
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from harness.simphone.contracts import Command, Source
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.inputs import lines, sources
from harness.simphone.toybox.regexes import compiled
from harness.simphone.toybox.tree import walk


@dataclass(slots=True)
class _Search:
    call: Call
    patterns: list[re.Pattern[bytes]]
    titled: bool
    before: int
    after: int
    found: bool = False
    line_number: int = 0
    kept: deque[tuple[int, bytes]] = field(default_factory=deque[tuple[int, bytes]])


@applet(
    "A:B:C:EFHLZabce:f:hilm:noqrRsvwxz",
    long={"color": "a", "line-buffered": "a", "include": "a"},
)
async def grep(call: Call) -> int:
    names = list(call.operands)
    texts = [t for value in call.options.get("e", []) for t in value.split("\n")]
    for name in call.options.get("f", []):
        texts += call.view.read(name).decode(errors="surrogateescape").splitlines()
    if not call.has("e", "f"):
        if not names:
            raise UsageError("No REGEX")
        texts = names.pop(0).split("\n")
    recursive = call.has("r", "R")
    if recursive:
        names = [n async for n in _all_files(call, names or ["."])]
    around = call.number("C")
    search = _Search(
        call,
        [_pattern(call, text) for text in texts],
        titled=(len(names) > 1 or recursive or call.has("H")) and not call.has("h"),
        before=call.number("B", around),
        after=call.number("A", around),
    )
    if recursive and not names:
        return 1
    async for name, source in sources(call, names):
        await _file(search, "(standard input)" if name == "-" else name, source)
        if search.found and call.has("q"):
            return 0
    if call.status and not call.has("q"):
        return 2
    return 0 if search.found else 1


def _pattern(call: Call, text: str) -> re.Pattern[bytes]:
    extended = call.has("E") or call.name == "egrep"
    fixed = call.has("F") or call.name == "fgrep"
    try:
        return compiled(text, extended=extended, fixed=fixed, ignore_case=call.has("i"))
    except re.error as error:
        raise UsageError(f"bad REGEX '{text}': {error}") from None


async def _all_files(call: Call, roots: list[str]) -> AsyncIterator[str]:
    for root in roots:
        async for path, status, _ in walk(call, root):
            if stat.S_ISREG(status.mode):
                yield path


async def _file(search: _Search, name: str, source: Source) -> None:
    call = search.call
    count = trailing = 0
    search.line_number = 0
    search.kept = deque(maxlen=search.before)
    limit = call.number("m", -1)
    reading = lines(source)
    async for line in reading:
        search.line_number += 1
        row = line.rstrip(b"\n")
        if not _selected(search, row):
            if trailing:
                trailing -= 1
                await _print(search, name, search.line_number, row, "-")
            else:
                search.kept.append((search.line_number, row))
            continue
        count += 1
        search.found = True
        if call.has("q", "l", "L"):
            break
        if not call.has("c"):
            await _show(search, name, row)
            trailing = search.after
        if count == limit:
            break
    await reading.aclose()
    if call.has("c"):
        title = f"{name}:" if search.titled else ""
        await call.out(f"{title}{count}\n")
    elif call.has("l", "L") and bool(count) == call.has("l"):
        await call.out(f"{name}\n")


def _selected(search: _Search, row: bytes) -> bool:
    hit = any(_matches(search.call, pattern, row) for pattern in search.patterns)
    return hit != search.call.has("v")


def _matches(call: Call, pattern: re.Pattern[bytes], row: bytes) -> bool:
    if call.has("x"):
        return pattern.fullmatch(row) is not None
    if not call.has("w"):
        return pattern.search(row) is not None
    return any(_whole_word(row, match) for match in pattern.finditer(row))


def _whole_word(row: bytes, match: re.Match[bytes]) -> bool:
    before, after = row[: match.start()][-1:], row[match.end() :][:1]
    return not (re.match(rb"\w", before) or re.match(rb"\w", after))


async def _show(search: _Search, name: str, row: bytes) -> None:
    while search.kept:
        number, kept = search.kept.popleft()
        await _print(search, name, number, kept, "-")
    if not search.call.has("o") or search.call.has("v"):
        await _print(search, name, search.line_number, row, ":")
        return
    for pattern in search.patterns:
        for match in pattern.finditer(row):
            if match[0]:
                await _print(search, name, search.line_number, match[0], ":")


async def _print(search: _Search, name: str, number: int, row: bytes, mark: str) -> None:
    title = f"{name}{mark}" if search.titled else ""
    count = f"{number}{mark}" if search.call.has("n") else ""
    await search.call.out(f"{title}{count}".encode() + row + b"\n")


COMMANDS: dict[str, Command] = {"grep": grep, "egrep": grep, "fgrep": grep}
