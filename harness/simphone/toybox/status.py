"""`stat`, `readlink`, `realpath`."""

from __future__ import annotations

import posixpath
import re
import stat as kinds
from collections.abc import Callable

from harness.simphone.contracts import Command, Stat
from harness.simphone.storage.identity import context_of, name_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.modes import as_text, kind_of
from harness.simphone.toybox.times import nanoseconds

_LETTER = re.compile(r"%([-+ 0#]*\d*)(.)")
_PLAIN: dict[str, Callable[[Stat], object]] = {
    "a": lambda s: f"{s.mode & 0o7777:o}",
    "A": lambda s: as_text(s.mode),
    "b": lambda s: -(-s.size // 512),
    "B": lambda _s: 512,
    "d": lambda s: s.dev,
    "D": lambda s: f"{s.dev:x}",
    "f": lambda s: f"{s.mode:x}",
    "F": lambda s: kind_of(s.mode, s.size),
    "g": lambda s: s.gid,
    "G": lambda s: name_of(s.gid),
    "h": lambda s: s.nlink,
    "i": lambda s: s.ino,
    "o": lambda _s: 4096,
    "s": lambda s: s.size,
    "u": lambda s: s.uid,
    "U": lambda s: name_of(s.uid),
    "X": lambda s: int(s.atime),
    "Y": lambda s: int(s.mtime),
    "Z": lambda s: int(s.ctime),
    "C": lambda s: context_of(s.uid).replace(":r:", ":object_r:"),
    "t": lambda _s: 0,
    "T": lambda _s: 0,
    "%": lambda _s: "%",
}
_TIMES: dict[str, Callable[[Stat], float]] = {
    "x": lambda s: s.atime, "y": lambda s: s.mtime, "z": lambda s: s.ctime,
}  # fmt: skip
_LONG_FORM = (
    "  File: %N\n  Size: %-10s\t Blocks: %-8b\t IO Blocks: %o\t%F\n"
    "Device: %Dh/%dd\t Inode: %-10i\t Links: %h\n"
    "Access: (%a/%A)\tUid: (%u/%U)\tGid: (%g/%G)\n"
    "Access: %x\nModify: %y\nChange: %z"
)


@applet("c:fLt", least=1, long={"format": "c"})
async def stat(call: Call) -> None:
    if call.has("f"):
        await _volumes(call)
        return
    for operand in call.operands:
        try:
            status = call.view.stat(operand, follow=call.has("L"))
        except OSError as error:
            await call.complain(f"'{operand}': {error.strerror}")
            continue
        await call.out(_filled(call, call.value("c", _LONG_FORM), operand, status) + "\n")


def _filled(call: Call, template: str, path: str, status: Stat) -> str:
    def one(match: re.Match[str]) -> str:
        width, letter = match.groups()
        if letter == "n":
            text = path
        elif letter == "N":
            text = _quoted(call, path, status)
        elif letter == "m":
            text = "/data" if call.view.absolute(path).startswith("/data") else "/"
        elif letter in _TIMES:
            text = nanoseconds(call.phone, _TIMES[letter](status))
        elif letter in _PLAIN:
            text = str(_PLAIN[letter](status))
        else:
            raise UsageError(f"bad -c '%{letter}'")
        return f"%{width}s" % text

    return _LETTER.sub(one, template)


def _quoted(call: Call, path: str, status: Stat) -> str:
    if not kinds.S_ISLNK(status.mode):
        return path
    return f"`{path}' -> `{call.phone.fs.readlink(call.view.absolute(path))}'"


async def _volumes(call: Call) -> None:
    for operand in call.operands:
        total, free = call.phone.fs.usage(call.view.absolute(operand))
        blocks = {"a": free // 4096, "f": free // 4096, "b": total // 4096, "s": 4096, "S": 4096}
        template = call.value("c", '  File: "%n"\nBlocks: Total: %b Free: %f Available: %a')
        text = _LETTER.sub(lambda m, o=operand, b=blocks: str(b.get(m[2], o)), template)
        await call.out(text + "\n")


@applet("fenmq", least=1)
async def readlink(call: Call) -> None:
    for operand in call.operands:
        try:
            if call.has("f", "e", "m"):
                folder = not call.has("m")
                text = _real(call, operand, must_exist=call.has("e"), folder=folder)
            else:
                text = call.phone.fs.readlink(call.view.absolute(operand))
        except OSError:
            call.status = 1
            continue
        await call.out(text + ("" if call.has("n") else "\n"))


@applet("emqsLP", least=1)
async def realpath(call: Call) -> None:
    for operand in call.operands:
        try:
            strict = not call.has("m")
            await call.out(_real(call, operand, must_exist=strict, folder=strict) + "\n")
        except OSError as error:
            await call.failed(operand, error)


def _real(call: Call, path: str, *, must_exist: bool, folder: bool = True) -> str:
    """The canonical path: each link on the way is followed.

    Raises ENOENT unless all of it exists (`must_exist`), or its folder (`folder`).
    """
    todo = [n for n in reversed(call.view.absolute(path).split("/")) if n not in {"", "."}]
    at = "/"
    for _ in range(200):
        if not todo:
            break
        name = todo.pop()
        following = posixpath.normpath(f"{at.rstrip('/')}/{name}")
        if not _is_link(call, following):
            at = following
            continue
        target = call.phone.fs.readlink(following)
        at = "/" if target.startswith("/") else at
        todo += [n for n in reversed(target.split("/")) if n not in {"", "."}]
    if must_exist:
        call.view.stat(at)
    elif folder:
        call.view.stat(at.rpartition("/")[0] or "/")
    return at


def _is_link(call: Call, path: str) -> bool:
    try:
        return kinds.S_ISLNK(call.view.stat(path, follow=False).mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


COMMANDS: dict[str, Command] = {"stat": stat, "readlink": readlink, "realpath": realpath}
