"""`ls`."""

from __future__ import annotations

import stat
from dataclasses import dataclass

from harness.simphone.contracts import Command, Stat
from harness.simphone.storage.identity import context_of, name_of
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.modes import as_text
from harness.simphone.toybox.times import local


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    path: str
    status: Stat
    target: str = ""


@applet(
    "1aAdfFghHilLnopqrRsStuUZx",
    long={"color": "G", "full-time": "l", "show-control-chars": "q"},
)
async def ls(call: Call) -> None:
    call.options.pop("G", None)
    files: list[_Entry] = []
    folders: list[str] = []
    for operand in call.operands or ["."]:
        try:
            long_form = call.has("l", "n", "o", "g")
            status = call.view.stat(operand, follow=not (long_form or call.has("d")))
            followed = _behind(call, operand, status)
        except OSError as error:
            await call.failed(operand, error)
            continue
        is_link = stat.S_ISLNK(status.mode)
        opens = operand.endswith("/") or not is_link or not long_form
        if stat.S_ISDIR(followed.mode) and not call.has("d") and opens:
            folders.append(operand)
        else:
            files.append(_entry(call, operand, operand, status))
    await _print(call, files, total=False)
    several = len(call.operands) > 1 or call.has("R")
    first = not files
    for folder in folders:
        first = await _folder(call, folder, title=several, first=first)


def _behind(call: Call, path: str, status: Stat) -> Stat:
    """What a link points to; the link itself when there is nothing."""
    if not stat.S_ISLNK(status.mode):
        return status
    try:
        return call.view.stat(path)
    except OSError:
        return status


async def _folder(call: Call, path: str, *, title: bool, first: bool) -> bool:
    try:
        names = call.view.listdir(path)
    except OSError as error:
        await call.failed(path, error)
        return first
    if title:
        await call.out(("" if first else "\n") + f"{path}:\n")
    names = [n for n in names if call.has("a", "A", "f") or not n.startswith(".")]
    if call.has("a", "f"):
        names = [".", "..", *names]
    entries: list[_Entry] = []
    for name in names:
        inner = f"{path.rstrip('/')}/{name}"
        try:
            entries.append(_entry(call, name, inner, call.view.stat(inner, follow=call.has("L"))))
        except OSError as error:
            await call.failed(inner, error)
    await _print(call, entries, total=True)
    if call.has("R"):
        for entry in _ordered(call, entries):
            if stat.S_ISDIR(entry.status.mode) and entry.name not in {".", ".."}:
                await _folder(call, entry.path, title=True, first=False)
    return False


def _entry(call: Call, name: str, path: str, status: Stat) -> _Entry:
    target = ""
    if stat.S_ISLNK(status.mode):
        target = call.phone.fs.readlink(call.view.absolute(path))
    return _Entry(name, path, status, target)


def _ordered(call: Call, entries: list[_Entry]) -> list[_Entry]:
    if call.has("f", "U"):
        return entries
    ordered = sorted(entries, key=lambda e: e.name)
    if call.has("t"):
        ordered.sort(key=lambda e: e.status.mtime, reverse=True)
    elif call.has("S"):
        ordered.sort(key=lambda e: e.status.size, reverse=True)
    return ordered[::-1] if call.has("r") else ordered


async def _print(call: Call, entries: list[_Entry], *, total: bool) -> None:
    ordered = _ordered(call, entries)
    if not call.has("l", "n", "o", "g"):
        await call.out("".join(_short(call, e) + "\n" for e in ordered))
        return
    rows = [_columns(call, entry) for entry in ordered]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    lines = [f"total {sum(-(-e.status.size // 512) for e in ordered) // 2}\n"] if total else []
    for row, entry in zip(rows, ordered, strict=True):
        cells = [
            cell.ljust(width) if i in {0, 2, 3} and "." not in cell else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        arrow = f" -> {entry.target}" if entry.target else ""
        inode = f"{entry.status.ino} " if call.has("i") else ""
        lines.append(f"{inode}{' '.join(cells)} {_short_name(call, entry)}{arrow}\n")
    await call.out("".join(lines))


def _columns(call: Call, entry: _Entry) -> list[str]:
    status = entry.status
    numbers = call.has("n")
    owner = str(status.uid) if numbers else name_of(status.uid)
    group = str(status.gid) if numbers else name_of(status.gid)
    when = local(call.phone, status.mtime).strftime("%Y-%m-%d %H:%M")
    size = human(status.size) if call.has("h") else str(status.size)
    columns = [as_text(status.mode), str(status.nlink), owner, group, size, when]
    if call.has("Z"):
        columns.insert(4, context_of(status.uid).replace(":r:", ":object_r:"))
    return columns


def _short(call: Call, entry: _Entry) -> str:
    prefix = f"{entry.status.ino} " if call.has("i") else ""
    if call.has("Z"):
        prefix += f"{context_of(entry.status.uid).replace(':r:', ':object_r:')} "
    if call.has("s"):
        prefix += f"{-(-entry.status.size // 1024)} "
    return prefix + _short_name(call, entry)


def _short_name(call: Call, entry: _Entry) -> str:
    folder = stat.S_ISDIR(entry.status.mode)
    if folder and call.has("F", "p"):
        return entry.name + "/"
    if call.has("F") and stat.S_ISLNK(entry.status.mode):
        return entry.name + "@"
    return entry.name + ("*" if call.has("F") and entry.status.mode & 0o111 and not folder else "")


def human(size: float) -> str:
    """A size in bytes as `1.2K`, `45M`."""
    for unit in ("", "K", "M", "G", "T"):
        if size < 1024:
            return f"{size:.1f}{unit}" if unit and size < 10 else f"{size:.0f}{unit}"
        size /= 1024
    return f"{size:.0f}P"


COMMANDS: dict[str, Command] = {"ls": ls}
