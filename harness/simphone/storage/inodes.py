"""Owners, modes and inode numbers, kept in memory beside the bytes on the host.

Keyed by host path. A file that something else put into the host folder (sqlite3
through `host_path`) gets its parent's owner the first time it is looked at.
"""

from __future__ import annotations

import itertools
import stat
from dataclasses import dataclass
from pathlib import Path

FIRST_INODE = 4096


@dataclass(slots=True)
class Inode:
    """What the host cannot keep for us."""

    ino: int
    uid: int
    gid: int
    mode: int  # permission bits only
    ctime: float


class Inodes:
    """All inodes of one phone; numbers are never used twice."""

    def __init__(self) -> None:
        self._by_path: dict[str, Inode] = {}
        self._numbers = itertools.count(FIRST_INODE)

    def create(self, host: Path, *, uid: int, gid: int, mode: int, now: float) -> Inode:
        """A new inode for a file just made at `host`."""
        inode = Inode(next(self._numbers), uid, gid, mode & 0o7777, now)
        self._by_path[str(host)] = inode
        return inode

    def of(self, host: Path) -> Inode:
        """The inode of an existing host file; adopts unknown ones."""
        known = self._by_path.get(str(host))
        return known if known is not None else self._adopt(host)

    def forget(self, host: Path) -> None:
        """Drops `host` and all below it."""
        for key in self._below(host):
            del self._by_path[key]

    def move(self, old: Path, new: Path) -> None:
        """Follows a rename of `old`, which may be a folder."""
        prefix = len(str(old))
        for key in self._below(old):
            self._by_path[str(new) + key[prefix:]] = self._by_path.pop(key)

    def _below(self, host: Path) -> list[str]:
        key, folder = str(host), str(host) + "/"
        if host.is_dir() and not host.is_symlink():
            return [k for k in self._by_path if k == key or k.startswith(folder)]
        return [key] if key in self._by_path else []

    def _adopt(self, host: Path) -> Inode:
        parent = self._by_path.get(str(host.parent))
        uid, gid = (parent.uid, parent.gid) if parent else (0, 0)
        status = host.lstat()
        mode = {stat.S_IFLNK: 0o777, stat.S_IFDIR: 0o771}.get(stat.S_IFMT(status.st_mode), 0o660)
        return self.create(host, uid=uid, gid=gid, mode=mode, now=status.st_mtime)
