"""`cat`, `cp`, `mv`, `tee`, `dd`."""

from __future__ import annotations

import errno
import stat

from harness.simphone.contracts import Command, Sink
from harness.simphone.sh.streams import open_file
from harness.simphone.toybox.call import Call, UsageError, applet, reason
from harness.simphone.toybox.inputs import PIECE, sources
from harness.simphone.toybox.tree import copy

_UNITS = {"c": 1, "b": 512, "k": 1024, "K": 1024, "m": 1024**2, "M": 1024**2, "G": 1024**3}


@applet("uetv")
async def cat(call: Call) -> None:
    async for _, source in sources(call):
        while piece := await source.read(PIECE):
            await call.out(piece)


@applet("DHLPRTadfilnprsuv", least=1, long={"preserve": "p", "recursive": "r"})
async def cp(call: Call) -> None:
    for source, target in await _pairs(call):
        if call.has("n") and call.view.exists(target):
            continue
        keep, recursive = call.has("p", "a"), call.has("r", "R", "a")
        await copy(call, source, target, keep=keep, recursive=recursive)


@applet("finTvx", least=1)
async def mv(call: Call) -> None:
    for source, target in await _pairs(call):
        if call.has("n") and call.view.exists(target):
            continue
        try:
            call.view.rename(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                await call.complain(f"bad '{source}': {reason(error)}")
                continue
            before = call.status
            call.status = 0
            await copy(call, source, target, keep=True, recursive=True)
            if not call.status:
                call.view.remove(source, recursive=True)
            call.status = call.status or before


async def _pairs(call: Call) -> list[tuple[str, str]]:
    """(source, target) of each operand; into the last if that is a folder."""
    if len(call.operands) < 2:
        raise UsageError("Needs 2 arguments")
    *origins, last = call.operands
    try:
        folder = stat.S_ISDIR(call.view.stat(last).mode) and not call.has("T")
    except OSError:
        folder = False
    if len(origins) > 1 and not folder:
        raise UsageError(f"'{last}' not directory")
    pairs: list[tuple[str, str]] = []
    for origin in origins:
        base = origin.rstrip("/").rpartition("/")[2]
        if call.view.exists(origin, follow=False):
            pairs.append((origin, f"{last.rstrip('/')}/{base}" if folder else last))
        else:
            await call.complain(f"bad '{origin}': No such file or directory")
    return pairs


@applet("ai")
async def tee(call: Call) -> None:
    targets: list[tuple[str, Sink]] = [("", call.invocation.stdout)]
    for name in call.operands:
        try:
            operator = ">>" if call.has("a") else ">"
            targets.append((name, open_file(call.view, name, operator, 0o666)))
        except OSError as error:
            await call.failed(name, error)
    while piece := await call.invocation.stdin.read(PIECE):
        for _, target in targets:
            await target.write(piece)


@applet(raw=True)
async def dd(call: Call) -> None:
    settings = {k: v for k, _, v in (word.partition("=") for word in call.operands)}
    size = _size(settings.get("bs", "512"))
    count = _size(settings["count"]) if "count" in settings else -1
    view = call.view
    stdin, stdout = call.invocation.stdin, call.invocation.stdout
    source = open_file(view, settings["if"], "<", 0) if "if" in settings else stdin
    target = open_file(view, settings["of"], ">", 0o666) if "of" in settings else stdout
    for _ in range(_size(settings.get("skip", "0"))):
        await source.read(size)
    whole = written = 0
    while count < 0 or whole < count:
        piece = await source.read(size)
        if not piece:
            break
        try:
            await target.write(piece)
        except OSError as error:
            await call.failed(settings.get("of", "stdout"), error)
            break
        whole += 1
        written += len(piece)
    text = f"{whole}+0 records in\n{whole}+0 records out\n{written} bytes transferred\n"
    await call.invocation.stderr.write(text.encode())


def _size(text: str) -> int:
    unit = _UNITS.get(text[-1:])
    try:
        return int(text[:-1]) * unit if unit else int(text)
    except ValueError:
        raise UsageError(f"bad number '{text}'") from None


COMMANDS: dict[str, Command] = {"cat": cat, "cp": cp, "mv": mv, "tee": tee, "dd": dd}
