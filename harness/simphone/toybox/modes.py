"""Permission bits as text, and changes to them as `chmod` takes them."""

from __future__ import annotations

import re
import stat

_CLAUSE = re.compile(r"([ugoa]*)([-+=])([rwxXst]*)$")
_SHIFT = {"u": 6, "g": 3, "o": 0}
_KINDS = {
    stat.S_IFREG: "regular file",
    stat.S_IFDIR: "directory",
    stat.S_IFLNK: "symbolic link",
    stat.S_IFCHR: "character device",
    stat.S_IFBLK: "block device",
    stat.S_IFIFO: "FIFO",
    stat.S_IFSOCK: "socket",
}


def as_text(mode: int) -> str:
    """`drwxr-x--x`."""
    return stat.filemode(mode)


def kind_of(mode: int, size: int) -> str:
    """`regular file`, as `stat -c %F` prints it."""
    if stat.S_ISREG(mode) and size == 0:
        return "regular empty file"
    return _KINDS.get(stat.S_IFMT(mode), "unknown")


def changed(mode: int, change: str) -> int | None:
    """Permission bits after `change` (`644`, `u+x,go-w`); None if it makes no sense."""
    bits = mode & 0o7777
    if re.fullmatch(r"[0-7]{1,4}", change):
        return int(change, 8)
    for clause in change.split(","):
        match = _CLAUSE.match(clause)
        if not match:
            return None
        who, operator, letters = match.groups()
        bits = _apply(bits, who or "a", operator, letters, folder=stat.S_ISDIR(mode))
    return bits


def _apply(bits: int, who: str, operator: str, letters: str, *, folder: bool) -> int:
    people = "ugo" if "a" in who else who
    for person in people:
        value = sum({"r": 4, "w": 2, "x": 1}.get(c, 0) for c in set(letters))
        if "X" in letters and (folder or bits & 0o111):
            value |= 1
        mask = value << _SHIFT[person]
        if "s" in letters:
            mask |= {"u": 0o4000, "g": 0o2000}.get(person, 0)
        if "t" in letters:
            mask |= 0o1000
        if operator == "=":
            bits &= ~(7 << _SHIFT[person])
        bits = bits & ~mask if operator == "-" else bits | mask
    return bits
